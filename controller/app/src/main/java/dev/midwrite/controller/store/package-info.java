/**
 * The store under the sessions.
 *
 * <p>What enters: which store a drill wants ({@link dev.midwrite.controller.plan.StoreSpec}). What leaves: a real one
 * that answers ({@link dev.midwrite.controller.store.StoreServer}), ours to stop if we started it.
 */
package dev.midwrite.controller.store;
