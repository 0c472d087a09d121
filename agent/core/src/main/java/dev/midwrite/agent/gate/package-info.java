/**
 * The one door between woven host code and the agent.
 *
 * <p>Enters: a call of a host's method, as JDK types. Leaves: what should happen to it, as data. The packaging moves
 * {@link dev.midwrite.agent.gate.Gate} to {@code java.lang.MidwriteGate} and the agent defines it in {@code java.base},
 * so that every class loader sees it; hence it imports nothing.
 */
package dev.midwrite.agent.gate;
