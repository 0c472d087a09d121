package com.example.containers.spring;

import java.io.IOException;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketHandlerRegistry;
import org.springframework.web.socket.handler.TextWebSocketHandler;

/** Confirms each order by saying it again. */
@Configuration(proxyBeanMethods = false)
@EnableWebSocket
class OrderSocket implements WebSocketConfigurer {

    @Override
    public void registerWebSocketHandlers(WebSocketHandlerRegistry registry) {
        registry.addHandler(new Echo(), "/orders");
    }

    private static final class Echo extends TextWebSocketHandler {

        @Override
        protected void handleTextMessage(WebSocketSession socket, TextMessage message) throws IOException {
            socket.sendMessage(message);
        }
    }
}
