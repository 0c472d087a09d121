package dev.midwrite.agent.effect;

import dev.midwrite.agent.scope.Operation;
import dev.midwrite.agent.scope.Step;
import dev.midwrite.event.PointKind;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Where this application keeps its sessions: the shapes of keys that hold a session's id, and the store's address; of files
 * whose names hold it the directory. Each is journaled once, as soon as two sessions have it: what only one has may be data
 * of its user. Thread-safe.
 */
final class Locations {
    private static final String ID = "{id}";
    /** An application has a handful; one that makes up more keeps something else than sessions in its keys. */
    private static final int MOST = 64;
    /** A shorter id is found in other words, too. */
    private static final int SHORTEST_ID = 8;

    private static final int LONGEST_KEY = 500;
    /** Their first key is a channel, where nothing is kept. */
    private static final Set<String> WITHOUT_KEY = Set.of("PUBLISH", "SPUBLISH");

    private final Records records;
    /** By what is journaled: the first session that was seen there, or {@link #SAID}. */
    private final ConcurrentMap<Shape, Long> shapes = new ConcurrentHashMap<>();

    private static final long SAID = 0;

    Locations(Records records) {
        this.records = records;
    }

    /** Whether this step may say anything new. */
    boolean wanted(Step step) {
        Operation operation = step.operation;
        return operation.id != null
                && operation.id.length() >= SHORTEST_ID
                && shapes.size() < MOST
                && keeps(operation.point.kind())
                && !WITHOUT_KEY.contains(step.command());
    }

    /** A command of a session goes there. */
    void seen(Step step, ByteBuffer key, SocketAddress address, Object connection) {
        String id = step.operation.id;
        boolean file = step.point.kind() == PointKind.FILE_WRITE;
        if (key == null || (address == null && !file) || id == null || key.remaining() > LONGEST_KEY) {
            return;
        }
        String text = StandardCharsets.UTF_8.decode(key.duplicate()).toString();
        if (!text.contains(id)) {
            return;
        }
        Shape shape = file ? inDirectory(text, id) : new Shape(text.replace(id, ID), address);
        Long first = shapes.putIfAbsent(shape, step.session);
        if (first != null && first != SAID && first != step.session && shapes.replace(shape, first, SAID)) {
            records.location(
                    step.operation.point, lines(shape, step.point.library().database(connection)));
        }
    }

    /** Its name may say more than the id, such as when the session ends, and another one each time. */
    private static Shape inDirectory(String path, String id) {
        String directory = path.substring(0, path.lastIndexOf('/') + 1);
        return new Shape(directory.replace(id, ID) + ID, null);
    }

    private static boolean keeps(PointKind kind) {
        return kind == PointKind.SESSION_SAVE || kind == PointKind.SESSION_READ || kind == PointKind.SESSION_DELETE;
    }

    private static String lines(Shape shape, int database) {
        String lines = "key=" + shape.key() + "\naddress=" + (shape.address() == null ? "" : text(shape.address()));
        return database < 0 ? lines : lines + "\ndatabase=" + database;
    }

    private static String text(SocketAddress address) {
        if (address instanceof InetSocketAddress socket) {
            String host = socket.getHostString(); // Never asks a name server.
            return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + socket.getPort();
        }
        return address.toString();
    }

    /** @param address null of a file */
    private record Shape(String key, SocketAddress address) {}
}
