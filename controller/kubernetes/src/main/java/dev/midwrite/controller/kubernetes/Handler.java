package dev.midwrite.controller.kubernetes;

import io.fabric8.kubernetes.client.informers.ResourceEventHandler;

/** Hears of every state of a resource in the same way; also of one whose end was missed while the watch was broken. */
interface Handler<T> extends ResourceEventHandler<T> {

    void is(T resource, boolean deleted);

    @Override
    default void onAdd(T resource) {
        is(resource, false);
    }

    @Override
    default void onUpdate(T before, T now) {
        is(now, false);
    }

    @Override
    default void onDelete(T last, boolean finalStateUnknown) {
        is(last, true);
    }
}
