package dev.midwrite.controller.users;

/**
 * A cookie that a browser would not send back.
 *
 * @param name of the cookie; its value is nobody's business
 * @param reason goes on after "because", such as "it is Secure, and was set over http"
 */
public record UnreturnedCookie(String name, String reason) {}
