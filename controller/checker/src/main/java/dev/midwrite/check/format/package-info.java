/**
 * Reads histories that other tools wrote, and judges them with the search.
 *
 * <p>What enters: the bytes of one file and its {@link dev.midwrite.check.format.HistoryFormat}. What leaves: a
 * {@link dev.midwrite.check.format.ForeignHistory}, operations by key, or an
 * {@link dev.midwrite.check.format.UnreadableHistoryException} with the place and the reason.
 */
package dev.midwrite.check.format;
