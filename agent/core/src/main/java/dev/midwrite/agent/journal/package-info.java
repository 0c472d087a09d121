/**
 * The journal of one node: events in, a Chronicle Queue on disk that outlives the JVM out.
 */
package dev.midwrite.agent.journal;
