/**
 * A service with a plain Redis repository on the newest Spring Boot.
 *
 * <p>What enters: the probe's requests. What leaves: sessions in Redis.
 */
package dev.midwrite.services.newest;
