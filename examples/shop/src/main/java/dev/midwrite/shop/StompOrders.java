package dev.midwrite.shop;

import java.util.List;
import java.util.Map;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.messaging.handler.annotation.MessageMapping;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.annotation.SendToUser;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.stereotype.Controller;
import org.springframework.web.socket.config.annotation.EnableWebSocketMessageBroker;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;

/** The same orders over STOMP. */
@Configuration(proxyBeanMethods = false)
@Profile("channels")
@EnableWebSocketMessageBroker
class StompOrders implements WebSocketMessageBrokerConfigurer {

    @Override
    public void registerStompEndpoints(StompEndpointRegistry registry) {
        registry.addEndpoint("/stomp").addInterceptors(new OrderBook("stomp-book"));
    }

    @Override
    public void configureMessageBroker(MessageBrokerRegistry registry) {
        registry.enableSimpleBroker("/queue");
        registry.setApplicationDestinationPrefixes("/app");
        // One after the other, as they came.
        registry.setPreservePublishOrder(true);
    }

    /** An order, or a question for all of them. */
    record Request(Long order, Boolean list) {}

    /** Answers go to the connection that asked. */
    @Controller
    @Profile("channels")
    static class Desk {
        private final Orders orders;

        Desk(Orders orders) {
            this.orders = orders;
        }

        @MessageMapping("/orders")
        @SendToUser(destinations = "/queue/orders", broadcast = false)
        Map<String, Object> take(Request request, SimpMessageHeaderAccessor headers) {
            String book = (String) headers.getSessionAttributes().get(OrderBook.BOOK);
            if (request.order() == null) {
                List<Long> all = orders.of(book);
                return Map.of("orders", all);
            }
            orders.add(book, request.order());
            return Map.of("accepted", request.order());
        }
    }
}
