package dev.midwrite.controller.serve;

import dev.midwrite.event.EventRecord;

/** Hears of every record that is stored, once and in order per incarnation; must return soon and not throw. */
public interface RecordListener {

    /** @param point name of the record's point, empty if it has none */
    void stored(String node, long incarnation, EventRecord record, String point);
}
