/**
 * Decides by search whether operations on one object could have happened one after the other.
 *
 * <p>What enters: the operations of one key, a {@link dev.midwrite.check.search.Model} of the object, and a
 * {@link dev.midwrite.check.search.Budget}. What leaves: a {@link dev.midwrite.check.search.SearchResult}, true, false
 * with the operation that cannot be placed, or unknown when the budget ran out. For histories whose written values are
 * not unique; the checks of the parent package decide the others in linear time.
 */
package dev.midwrite.check.search;
