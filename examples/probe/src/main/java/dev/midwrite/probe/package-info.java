/**
 * Endpoints by which Midwrite's users exercise the session of any servlet application.
 *
 * <p>What enters: an HTTP request with a request id. What leaves: one small JSON object that says what the session held,
 * echoes the request id, and so proves that the handler ran. Depends on the servlet API and nothing else.
 */
package dev.midwrite.probe;
