package dev.midwrite.shop;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketHandlerRegistry;
import org.springframework.web.socket.handler.TextWebSocketHandler;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Orders over a WebSocket: {@code {"order":7}} is confirmed by {@code {"accepted":7}}, {@code {"list":true}} shows all. */
@Configuration(proxyBeanMethods = false)
@Profile("channels")
@EnableWebSocket
class OrderChannel implements WebSocketConfigurer {
    private final Orders orders;
    private final JsonMapper json;
    private final Farewell farewell;

    OrderChannel(Orders orders, JsonMapper json, Farewell farewell) {
        this.orders = orders;
        this.json = json;
        this.farewell = farewell;
    }

    @Override
    public void registerWebSocketHandlers(WebSocketHandlerRegistry registry) {
        registry.addHandler(new Handler(), "/orders").addInterceptors(new OrderBook("order-book"));
    }

    private final class Handler extends TextWebSocketHandler {

        @Override
        public void afterConnectionEstablished(WebSocketSession socket) {
            farewell.add(socket);
        }

        @Override
        public void afterConnectionClosed(WebSocketSession socket, CloseStatus status) {
            farewell.remove(socket);
        }

        @Override
        protected void handleTextMessage(WebSocketSession socket, TextMessage message) throws IOException {
            String book = (String) socket.getAttributes().get(OrderBook.BOOK);
            JsonNode asked = json.readTree(message.getPayload());
            Map<String, Object> answer;
            if (asked.has("order")) {
                long number = asked.get("order").asLong();
                orders.add(book, number);
                answer = Map.of("accepted", number);
            } else {
                List<Long> all = orders.of(book);
                answer = Map.of("orders", all);
            }
            if (socket.isOpen()) {
                socket.sendMessage(new TextMessage(json.writeValueAsString(answer)));
            }
        }
    }
}
