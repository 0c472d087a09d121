/**
 * What happened, from the users' view and from the nodes'.
 *
 * <p>What enters: user operations as they happen ({@link dev.midwrite.controller.history.HistoryWriter}), journals of
 * all nodes, and the facts of the run. What leaves: a directory that can be judged again
 * ({@link dev.midwrite.controller.history.Bundle}), and from it the trial that checks judge and an index of what the
 * journals say ({@link dev.midwrite.controller.history.History}).
 */
package dev.midwrite.controller.history;
