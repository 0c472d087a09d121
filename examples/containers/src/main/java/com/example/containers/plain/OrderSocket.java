package com.example.containers.plain;

import jakarta.websocket.OnMessage;
import jakarta.websocket.server.ServerEndpoint;

/** Confirms each order by saying it again. */
@ServerEndpoint("/orders")
public final class OrderSocket {

    @OnMessage
    public String order(String text) {
        return text;
    }
}
