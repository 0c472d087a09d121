/**
 * One class per property that users' operations decide; its page is {@code docs/checks/<label>.md}.
 *
 * <p>What enters: one session's sealed history. What leaves: findings, each with at most four operations as witness.
 */
package dev.midwrite.check.property;
