package dev.midwrite.controller.users;

import dev.midwrite.event.CookieFlaw;

/**
 * A cookie that a browser would not send back.
 *
 * @param name of the cookie; its value is nobody's business
 * @param reason goes on after "because", such as "it is Secure, and was set over http"
 */
public record UnreturnedCookie(String name, CookieFlaw flaw, String reason) {}
