/**
 * Weaving: which classes carry a point, and the points' code in them.
 *
 * <p>Enters: every class file the JVM loads. Leaves: the same, or with the advice of its points inlined; and a report
 * of points woven and not woven.
 */
package dev.midwrite.agent.weave;
