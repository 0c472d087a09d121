/**
 * WebSockets, STOMP and server-sent events that users' sessions hold beside their requests.
 *
 * <p>What enters: sessions that are open, the drill's sockets, and the router. What leaves: {@code SocketFacts}, with
 * every message, close and rejected handshake, which the history judges.
 */
package dev.midwrite.controller.sockets;
