package dev.midwrite.agent.effect;

import dev.midwrite.agent.point.Point;
import dev.midwrite.agent.scope.Operation;
import dev.midwrite.event.PointKind;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Objects of the host at which sessions pass, such as its repository, and which sessions passed last. It keeps no object
 * alive. Thread-safe, without locks.
 */
final class Holders {
    /** An application has one or two; what makes one for each request is of no use here. */
    private static final int MOST = 16;

    /** A power of two. */
    private static final int RECENT = 64;

    private final AtomicReferenceArray<WeakReference<Object>> objects = new AtomicReferenceArray<>(MOST);
    /** Each at the place that its hash says: threads that serve different sessions mostly write to different places. */
    private final AtomicLongArray recent = new AtomicLongArray(RECENT);

    /** An operation begins at its {@link Operation#self}. */
    void passes(Operation operation) {
        boolean ofSession = ofSession(operation.point);
        if (operation.self == null || !(ofSession || ofGrid(operation.point))) {
            return;
        }
        if (ofSession && operation.session != 0) {
            recent.lazySet(place(operation.session), operation.session);
        }
        for (int i = 0; i < MOST; i++) {
            WeakReference<Object> known = objects.get(i);
            Object object = known == null ? null : known.get();
            if (object == operation.self) {
                return;
            }
            if (object == null && objects.compareAndSet(i, known, new WeakReference<>(operation.self))) {
                return;
            }
        }
    }

    private static boolean ofSession(Point point) {
        return switch (point.kind()) {
            case SESSION_SAVE, SESSION_READ, SESSION_DELETE -> true;
            default -> false;
        };
    }

    private static boolean ofGrid(Point point) {
        return point.kind() == PointKind.STORE_COMMIT && point.library().hasMaps();
    }

    private static int place(long session) {
        return (int) session & (RECENT - 1);
    }

    /** Those that are still there. */
    List<Object> objects() {
        List<Object> all = new ArrayList<>();
        for (int i = 0; i < MOST; i++) {
            WeakReference<Object> known = objects.get(i);
            Object object = known == null ? null : known.get();
            if (object != null) {
                all.add(object);
            }
        }
        return all;
    }

    /** Whether a session of this hash is among those that passed last. */
    boolean saw(long session) {
        return recent.get(place(session)) == session;
    }
}
