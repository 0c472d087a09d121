/**
 * One node of a service whose sessions lie in memcached, in two nodes of it each. Requests of users come in; changes of sessions go to
 * memcached.
 */
package dev.midwrite.memcached;
