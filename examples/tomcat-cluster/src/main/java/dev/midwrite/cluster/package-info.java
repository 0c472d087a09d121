/**
 * One node of a cluster of embedded Tomcats that replicate their sessions to each other. Requests of users come in; changes of
 * sessions go to the other nodes.
 */
package dev.midwrite.cluster;
