/**
 * From findings to the answer of a drill.
 *
 * <p>What enters: the trial, user operations, gates, and what the nodes' journals say about a request. What leaves: one
 * {@link dev.midwrite.check.Judgement}, with a card for every violation that no other explains; while the drill runs,
 * violations as they become certain.
 */
package dev.midwrite.check.judge;
