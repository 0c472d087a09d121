package dev.midwrite.agent.effect;

import com.google.common.collect.MapMaker;
import dev.midwrite.agent.point.AttributePlace;
import dev.midwrite.agent.scope.Step;
import dev.midwrite.event.ContentDigest;
import dev.midwrite.event.Edge;
import dev.midwrite.event.PointKind;
import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentMap;

/**
 * What sessions hold where parameters of a statement are given one by one, and columns of rows are read one by one: by name and
 * value, whatever their order. What cannot be read is said to be so, because what was sent without a record would be missed later.
 *
 * <p>Thread-safe, as long as each statement and its rows are used by one thread at a time. Both are held weakly.
 */
final class PreparedContents {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final byte[] UNREAD = ByteBuffer.allocate(2 * Long.BYTES)
            .putLong(ContentDigest.UNREAD)
            .putLong(0)
            .array();

    private final Records records;
    private final Contents contents;
    private final ConcurrentMap<Object, Bound> statements =
            new MapMaker().weakKeys().makeMap();
    private final ConcurrentMap<Object, Rows> rows = new MapMaker().weakKeys().makeMap();

    PreparedContents(Records records, Contents contents) {
        this.records = records;
        this.contents = contents;
    }

    /** @param place null if it has no attributes */
    void prepared(Object statement, AttributePlace place) {
        if (place != null) {
            statements.put(statement, new Bound(place));
        }
    }

    void given(Object statement, int parameter, Object value) {
        Bound bound = statements.get(statement);
        if (bound != null && bound.place instanceof AttributePlace.Parameters places) {
            bound.given(places, parameter, value);
        }
    }

    /**
     * A call of a statement begins.
     *
     * @param step null if it is none, or a part of one that is under way
     */
    void begins(Step step, Object statement) {
        Bound bound = statements.get(statement);
        if (bound == null) {
            if (isOfSession(step)
                    && step.command().isEmpty()
                    && step.operation.point.kind() != PointKind.SESSION_READ) {
                records.content(step, Edge.BEFORE, UNREAD); // It was prepared before anybody asked.
            }
            return;
        }
        byte[] sent = bound.sent();
        if (isOfSession(step)) {
            if (bound.place instanceof AttributePlace.Columns columns) {
                step.columns = columns;
            } else if (sent.length > 0) {
                records.content(step, Edge.BEFORE, sent);
            }
        }
    }

    private static boolean isOfSession(Step step) {
        return step != null && step.session != 0 && step.point.kind() == PointKind.STORE_COMMAND;
    }

    /** A command has come back with this. */
    void brought(Step step, Object result) {
        if (step.columns != null && !step.over) {
            int value = step.point.library().column(result, step.columns.value());
            rows.put(result, new Rows(step, value));
        }
    }

    void taken(Object of, Object column, Object value) {
        Rows each = rows.get(of);
        if (each != null) {
            each.taken(column, value);
        }
    }

    void next(Object of, boolean there) {
        Rows each = rows.get(of);
        if (each != null) {
            each.next(there);
            if (!there) {
                rows.remove(of);
            }
        }
    }

    /** Parameters of a statement since it was executed last. */
    private final class Bound {
        final AttributePlace place;
        private Contents.Pairs pairs = contents.pairs();
        private String name;
        private byte[] value;
        private int last;
        private boolean unread;

        Bound(AttributePlace place) {
            this.place = place;
        }

        void given(AttributePlace.Parameters places, int parameter, Object given) {
            if (parameter == places.name() && given instanceof String text) {
                if (last == parameter && text.equals(name)) {
                    return; // A method that was overridden is called, too.
                }
                if (name != null) {
                    row(places);
                }
                name = text;
                last = parameter;
            } else if (parameter == places.value() && given instanceof byte[] bytes) {
                if (last == parameter && value == bytes) {
                    return;
                }
                if (value != null) {
                    row(places);
                }
                value = bytes;
                last = parameter;
            }
        }

        /** All of one attribute is here, or never will be. */
        private void row(AttributePlace.Parameters places) {
            if (name == null || (value == null && places.value() != 0)) {
                unread |= name != null || value != null;
            } else {
                pairs.add(name, value == null ? NOTHING : ByteBuffer.wrap(value));
            }
            name = null;
            value = null;
        }

        /** What the statement takes along; then it can be given more. */
        byte[] sent() {
            if (place instanceof AttributePlace.Parameters places) {
                row(places);
            }
            byte[] sent = unread || place instanceof AttributePlace.Unknown ? UNREAD : pairs.bytes();
            pairs = contents.pairs();
            last = 0;
            unread = false;
            return sent;
        }
    }

    /** Rows that are being read. What is told is all of a session, or nothing. */
    private final class Rows {
        private final Step step;
        private final int valueColumn;
        private final Contents.Pairs pairs = contents.pairs();
        private boolean begun;
        private boolean named;
        private String name;
        private boolean read;
        private boolean passedOver;

        Rows(Step step, int valueColumn) {
            this.step = step;
            this.valueColumn = valueColumn;
        }

        void taken(Object column, Object value) {
            if (step.columns.name().equalsIgnoreCase(column.toString())) {
                named = true;
                name = value instanceof String text ? text : null;
            } else if (name != null && isValue(column)) {
                pairs.add(name, value instanceof byte[] bytes ? ByteBuffer.wrap(bytes) : NOTHING);
                read = true;
            }
        }

        private boolean isValue(Object column) {
            return column instanceof Integer number
                    ? number == valueColumn
                    : step.columns.value().equalsIgnoreCase(column.toString());
        }

        void next(boolean there) {
            passedOver |= begun && (!named || (name != null && !read));
            if (there) {
                begun = true;
                named = false;
                name = null;
                read = false;
            } else if (begun && !passedOver) {
                records.content(step, Edge.AFTER, pairs.bytes());
            }
        }
    }
}
