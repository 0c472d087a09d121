package dev.midwrite.controller.identity;

/**
 * Who makes a call.
 *
 * @param name for people: the name of a token or of a certificate's subject, never the token
 */
record Caller(String name, Role role) {}
