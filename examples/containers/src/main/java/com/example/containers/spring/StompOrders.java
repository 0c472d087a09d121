package com.example.containers.spring;

import java.util.Map;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.handler.annotation.MessageMapping;
import org.springframework.messaging.simp.annotation.SendToUser;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.stereotype.Controller;
import org.springframework.web.socket.config.annotation.EnableWebSocketMessageBroker;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;

/** The same over STOMP. */
@Configuration(proxyBeanMethods = false)
@EnableWebSocketMessageBroker
class StompOrders implements WebSocketMessageBrokerConfigurer {

    @Override
    public void registerStompEndpoints(StompEndpointRegistry registry) {
        registry.addEndpoint("/stomp");
    }

    @Override
    public void configureMessageBroker(MessageBrokerRegistry registry) {
        registry.enableSimpleBroker("/queue");
        registry.setApplicationDestinationPrefixes("/app");
        registry.setPreservePublishOrder(true);
    }

    /** Answers go to the connection that asked. */
    @Controller
    static class Desk {

        @MessageMapping("/orders")
        @SendToUser(destinations = "/queue/orders", broadcast = false)
        Map<String, Object> take(Map<String, Object> order) {
            return Map.of("accepted", order.get("order"));
        }
    }
}
