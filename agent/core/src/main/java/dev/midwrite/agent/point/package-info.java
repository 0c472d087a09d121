/**
 * What a point is: a named place in a library where the agent observes and injects, what it does in an operation, and
 * what cannot be done there. Data only; Byte Buddy is not awake when it is read.
 *
 * <p>Enters: what the libraries say of themselves. Leaves: all points by number.
 */
package dev.midwrite.agent.point;
