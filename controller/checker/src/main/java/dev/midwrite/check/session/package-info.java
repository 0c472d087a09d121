/**
 * One session's operations in columns, and what checks find in them.
 *
 * <p>What enters: operations of one session after the other, as objects or frames. What leaves: a
 * {@link dev.midwrite.check.session.Tally}, which merges in any order; derived findings are suppressed here, because
 * only operations of one session can explain one another.
 */
package dev.midwrite.check.session;
