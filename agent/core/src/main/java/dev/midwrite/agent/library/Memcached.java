package dev.midwrite.agent.library;

import dev.midwrite.agent.gate.Gate;
import dev.midwrite.agent.point.Call;
import dev.midwrite.agent.point.Library;
import dev.midwrite.agent.point.Point;
import dev.midwrite.agent.point.Role;
import dev.midwrite.agent.point.Waiting;
import dev.midwrite.event.FaultKind;
import dev.midwrite.event.PointKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.List;
import net.bytebuddy.asm.Advice;
import net.spy.memcached.MemcachedNode;
import net.spy.memcached.ops.DeleteOperation;
import net.spy.memcached.ops.GetOperation;
import net.spy.memcached.ops.Operation;
import net.spy.memcached.ops.OperationStatus;
import net.spy.memcached.ops.StoreOperation;
import org.apache.catalina.session.StandardSession;

/**
 * Spymemcached, a client of memcached, and the sessions that memcached-session-manager keeps there: its caller encodes a
 * command, hands it over and waits; one thread sends those of all sessions.
 *
 * <p>What a session needs is seen: get, set, add, replace, delete. Other commands answer in ways of their own.
 */
final class Memcached extends Library {
    private static final String STORE_GONE = "net.spy.memcached.OperationTimeoutException";
    private static final String OLD = "its class is of Java 6, where a call cannot be handed over";
    private static final String ATTEMPT = "de.javakaffee.web.msm.BackupSessionTask";
    private static final String BACKUP = "de.javakaffee.web.msm.LockingStrategy$OnAfterBackupSessionTask";

    Memcached() {
        super("memcached");
        Point bytes = point("BaseOperationImpl.setBuffer", PointKind.STORE_BYTES, Role.BYTES)
                .paces()
                .in(
                        List.of("net.spy.memcached.protocol.BaseOperationImpl"),
                        Call.taking("setBuffer", "java.nio.ByteBuffer"),
                        "Encode");
        point("MemcachedConnection.enqueueOperation", PointKind.STORE_COMMAND, Role.STEP)
                .fails(STORE_GONE)
                .leavesAt(bytes)
                .in(List.of("net.spy.memcached.MemcachedConnection"), Call.of("enqueueOperation", 2), "Enqueue");
        point("OperationFuture.get", PointKind.STORE_COMMAND, Role.REPLY)
                .in(List.of("net.spy.memcached.internal.OperationFuture"), Call.of("get", 2), "Await", UsualExit.NAME);
        point("BackupSessionTask.storeSessionInMemcached", PointKind.SESSION_SAVE, Role.OPERATION)
                .fails(STORE_GONE)
                .in(List.of(ATTEMPT), Call.of("storeSessionInMemcached", 2), "Save", UsualExit.NAME);
        point("OnAfterBackupSessionTask.saveSessionBackupFromResult", PointKind.REPLICA_SEND, Role.ADOPT)
                .fails(STORE_GONE)
                .holdsUp(Waiting.EVERYBODY)
                .cannot(FaultKind.LAG, OLD)
                .cannot(FaultKind.REORDER, OLD)
                .cannot(FaultKind.DUPLICATE, OLD)
                .in(List.of(BACKUP), Call.of("saveSessionBackupFromResult", 1), "Backup", UsualExit.NAME);
    }

    /** The middle of the value, which stands on a line of its own; of the text protocol alone. */
    @Override
    public int valueByte(ByteBuffer command) {
        int last = command.limit() - 1;
        int line = command.position();
        while (line < last && !(command.get(line) == '\r' && command.get(line + 1) == '\n')) {
            line++;
        }
        int first = line + 2;
        int length = last - 1 - first; // It ends as a line does.
        boolean isText = command.hasRemaining() && command.get(command.position()) > 0;
        return isText && length > 0 ? first + length / 2 : -1;
    }

    /**
     * {@code MemcachedConnection.enqueueOperation}: the caller hands a command over; no byte has left.
     *
     * <p>A command that is not handed over must be answered, or its caller would wait until the timeout. A get that is not
     * sent finds nothing.
     */
    static final class Enqueue {
        private Enqueue() {}

        @Advice.OnMethodEnter(suppress = Throwable.class, skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(
                @Point.Here int point,
                @Advice.This Object connection,
                @Advice.Argument(1) Operation command,
                @Advice.Local("error") Throwable error) {
            Gate gate = Gate.open;
            if (gate == null) {
                return false;
            }
            String name = null;
            if (command instanceof StoreOperation store) {
                name = store.getStoreType().toString();
            } else if (command instanceof GetOperation) {
                name = "get";
            } else if (command instanceof DeleteOperation) {
                name = "delete";
            }
            Object token = name == null ? null : gate.enter(point, connection, null, command, name);
            if (token == null || !gate.skips(token)) {
                return false;
            }
            error = gate.exit(token, null, null, null);
            if (error == null) {
                command.getCallback().receivedStatus(new OperationStatus(true, ""));
                command.getCallback().complete();
            }
            return true;
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(@Advice.Local("error") Throwable error, @Advice.Thrown(readOnly = false) Throwable thrown) {
            if (error != null) {
                thrown = error;
            }
        }
    }

    /**
     * {@code BaseOperationImpl.setBuffer}: a command has become bytes, on its caller's thread; another one sends it.
     *
     * <p>So a torn command is sent here: its beginning goes past those that wait to be sent, and the process halts.
     */
    static final class Encode {
        private Encode() {}

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(
                @Point.Here int point,
                @Advice.This Object command,
                @Advice.FieldValue("handlingNode") MemcachedNode node,
                @Advice.Argument(0) ByteBuffer bytes)
                throws IOException {
            Gate gate = Gate.open;
            if (gate == null || bytes == null) {
                return;
            }
            Object token = gate.enter(point, null, null, command, null);
            if (token == null) {
                return;
            }
            if (gate.paces(token)) {
                gate.pace(token, node, bytes.remaining());
            }
            int corrupted = gate.corrupts(token, bytes);
            if (corrupted >= 0) {
                bytes.put(corrupted, (byte) (bytes.get(corrupted) ^ 1));
            }
            SocketChannel channel = node == null ? null : node.getChannel();
            if (channel == null || !channel.isConnected()) {
                return; // No byte of it could leave.
            }
            int cut = gate.cut(token, bytes.remaining());
            if (cut >= 0) {
                ByteBuffer beginning = bytes.duplicate();
                beginning.limit(beginning.position() + cut);
                channel.write(beginning);
                gate.halt(token);
            }
        }
    }

    /** {@code OperationFuture.get}: the caller waits for a reply; all that wait do it here. */
    static final class Await {
        private Await() {}

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(
                @Point.Here int point,
                @Advice.FieldValue("op") Operation command,
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token) {
            gate = Gate.open;
            if (gate != null && command != null) {
                token = gate.enter(point, null, null, command, null);
            }
        }
    }

    /** {@code BackupSessionTask.storeSessionInMemcached}: the whole session, to its first node. */
    static final class Save {
        private Save() {}

        @Advice.OnMethodEnter(suppress = Throwable.class, skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(
                @Point.Here int point,
                @Advice.This Object task,
                @Advice.Argument(0) Object session,
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token) {
            gate = Gate.open;
            if (gate == null || session == null) {
                return false;
            }
            token = gate.enter(point, task, ((StandardSession) session).getIdInternal(), session, null);
            return token != null && gate.skips(token);
        }
    }

    /** {@code OnAfterBackupSessionTask.saveSessionBackupFromResult}: the same to its second node; nobody waits for it. */
    static final class Backup {
        private Backup() {}

        @Advice.OnMethodEnter(suppress = Throwable.class, skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(
                @Point.Here int point,
                @Advice.This Object task,
                @Advice.FieldValue("_session") Object session,
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token) {
            gate = Gate.open;
            if (gate == null || session == null) {
                return false;
            }
            token = gate.enter(point, task, ((StandardSession) session).getIdInternal(), null, null);
            return token != null && gate.skips(token);
        }
    }
}
