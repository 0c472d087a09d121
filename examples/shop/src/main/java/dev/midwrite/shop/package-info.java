/**
 * An ordinary web shop on Spring Boot that keeps its sessions in Redis.
 *
 * <p>What enters: a browser's requests. What leaves: pages and JSON, and sessions in Redis. It knows nothing of
 * Midwrite but the probe servlet that it mounts.
 */
package dev.midwrite.shop;
