/**
 * What serves requests when it is not Tomcat, and where Tomcat keeps sessions itself.
 *
 * <p>What enters: profiles. What leaves: the server that Spring Boot starts.
 */
package dev.midwrite.services.container;
