/**
 * A service without servlets: WebFlux on Netty, with a reactive session repository in Redis.
 *
 * <p>What enters: the probe's requests, answered here as the probe's page says. What leaves: sessions in Redis.
 */
package dev.midwrite.services.reactive;
