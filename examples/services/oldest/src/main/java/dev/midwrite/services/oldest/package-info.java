/**
 * A service with Redis sessions on the oldest Spring Boot that is tried: {@code javax.servlet}, and the indexed
 * repository, which is its only one.
 *
 * <p>What enters: the probe's requests. What leaves: sessions in Redis.
 */
package dev.midwrite.services.oldest;
