/**
 * Where sessions are kept when Spring Boot does not decide it alone.
 *
 * <p>What enters: properties. What leaves: the repository or the serializer that Spring Session uses.
 */
package dev.midwrite.services.sessions;
