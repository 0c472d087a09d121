package dev.midwrite.agent.library;

import dev.midwrite.agent.gate.Gate;
import dev.midwrite.agent.point.Call;
import dev.midwrite.agent.point.Point;
import dev.midwrite.agent.point.Role;
import dev.midwrite.agent.point.Waiting;
import dev.midwrite.event.FaultKind;
import dev.midwrite.event.PointKind;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.ReferenceCountUtil;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import net.bytebuddy.asm.Advice;
import org.apache.catalina.session.StandardSession;
import org.redisson.client.RedisClient;
import org.redisson.client.protocol.CommandData;
import org.redisson.client.protocol.RedisCommand;
import org.redisson.connection.ConnectionManager;
import org.redisson.connection.MasterSlaveEntry;
import org.redisson.connection.NodeSource;

/**
 * Redisson, a Redis client, and the sessions that its manager for Tomcat keeps there: its caller hands a command over and
 * waits, an event loop encodes it in between.
 *
 * <p>What is handed over is executed anew after a failure, on another thread, with the same arguments: it is one step.
 */
final class Redisson extends RedisLibrary {
    private static final String STORE_GONE = "org.redisson.client.RedisConnectionException";
    private static final List<String> SESSION = List.of("org.redisson.tomcat.RedissonSession");

    Redisson() {
        super("redisson");
        eventLoop(".netty.util.concurrent.FastThreadLocalThread");
        Point bytes = point("CommandEncoder.encode", PointKind.STORE_BYTES, Role.BYTES)
                .holdsUp(Waiting.EVERYBODY)
                .paces()
                .in(
                        List.of("org.redisson.client.handler.CommandEncoder"),
                        Call.of("encode", 3).with(1, "org.redisson.client.protocol.CommandData"),
                        "Encode");
        point("RedisExecutor.execute", PointKind.STORE_COMMAND, Role.STEP)
                .fails(STORE_GONE)
                .leavesAt(bytes)
                .cannot(FaultKind.DROP, "its caller needs the reply, and there is none without sending it")
                .in(List.of("org.redisson.command.RedisExecutor"), Call.of("execute", 0), "Execute");
        point("CommandAsyncService.get", PointKind.STORE_COMMAND, Role.REPLY)
                .in(
                        List.of("org.redisson.command.CommandAsyncService"),
                        Call.anyOf(List.of("get", "getInterrupted"), 1),
                        "Await",
                        UsualExit.NAME);
        point("RedissonSession.save", PointKind.SESSION_SAVE, Role.OPERATION)
                .fails(STORE_GONE)
                .in(SESSION, Call.of("save", 0), "Save", UsualExit.NAME);
        point("RedissonSession.delete", PointKind.SESSION_DELETE, Role.OPERATION)
                .fails(STORE_GONE)
                .in(SESSION, Call.of("delete", 0), "Delete", UsualExit.NAME);
    }

    /** Its connection's client knows it. */
    @Override
    public int database(Object connection) {
        try {
            Object config = connection.getClass().getMethod("getConfig").invoke(connection);
            return config.getClass().getMethod("getDatabase").invoke(config) instanceof Integer number ? number : -1;
        } catch (ReflectiveOperationException | RuntimeException e) {
            return -1; // Then it is not said.
        }
    }

    /**
     * {@code RedisExecutor.execute}: the caller hands a command over; no byte has left.
     *
     * <p>A command that is not sent must be completed, or its caller would wait until the timeout; and what it was given is let
     * go. The array of its arguments is what the encoder sees of it, too.
     */
    static final class Execute {
        private Execute() {}

        @Advice.OnMethodEnter(suppress = Throwable.class, skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(
                @Point.Here int point,
                @Advice.This Object executor,
                @Advice.FieldValue("command") RedisCommand<?> command,
                @Advice.FieldValue("params") Object[] arguments,
                @Advice.FieldValue("mainPromise") CompletableFuture<?> reply,
                @Advice.FieldValue("source") NodeSource source,
                @Advice.FieldValue("connectionManager") ConnectionManager connections) {
            Gate gate = Gate.open;
            if (gate == null || command == null || arguments == null) { // A batch has neither.
                return false;
            }
            String name = command.getName();
            Object token = gate.enter(point, executor, null, arguments, name);
            if (token == null) {
                return false;
            }
            RedisClient client = null;
            if (gate.locates(token) || gate.paces(token)) {
                MasterSlaveEntry entry = source == null ? null : source.getEntry();
                if (entry == null && source != null && source.getSlot() != null) {
                    entry = connections.getEntry(source.getSlot().intValue());
                }
                client = entry == null ? null : entry.getClient();
            }
            if (gate.locates(token)) {
                int at = name.startsWith("EVAL") ? 2 : 0; // After the script and the number of keys.
                Object first = arguments.length > at ? arguments[at] : null;
                ByteBuffer key = null;
                if (first instanceof String text) {
                    key = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                } else if (first instanceof byte[] raw) {
                    key = ByteBuffer.wrap(raw);
                }
                gate.located(token, key, client == null ? null : client.getAddr(), client);
            }
            if (gate.tellsContent(token)) {
                gate.content(token, arguments);
            }
            if (gate.paces(token)) {
                int bytes = name.length();
                for (Object argument : arguments) {
                    if (argument instanceof byte[] raw) {
                        bytes += raw.length;
                    } else if (argument instanceof ByteBuf raw) {
                        bytes += raw.readableBytes();
                    } else if (argument != null) {
                        bytes += argument.toString().length();
                    }
                }
                gate.pace(token, client, bytes);
            }
            if (!gate.skips(token)) {
                gate.answeredBy(token, reply);
                return false;
            }
            Throwable error = gate.exit(token, null, null, null);
            for (int i = 0; i < arguments.length; i++) {
                ReferenceCountUtil.safeRelease(arguments[i]);
            }
            reply.completeExceptionally(error);
            return true;
        }
    }

    /**
     * {@code CommandEncoder.encode} of one command, on the event loop.
     *
     * <p>A command is one buffer, written in one piece, so a torn command has to be made: a prefix goes out by itself, nothing
     * is left in the buffer, and the process halts.
     */
    static final class Encode {
        private Encode() {}

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(
                @Point.Here int point,
                @Advice.Argument(1) CommandData<?, ?> command,
                @Advice.Argument(2) ByteBuf out,
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token,
                @Advice.Local("start") int start) {
            gate = Gate.open;
            if (gate != null) {
                token = gate.enter(point, null, null, command.getParams(), null);
                start = out.writerIndex();
            }
        }

        @SuppressWarnings("FutureReturnValueIgnored") // Nobody is left to ask it.
        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(
                @Advice.Argument(0) ChannelHandlerContext context,
                @Advice.Argument(2) ByteBuf out,
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token,
                @Advice.Local("start") int start) {
            if (token != null) {
                int corrupted = gate.corrupts(token, out.nioBuffer(start, out.writerIndex() - start));
                if (corrupted >= 0) {
                    out.setByte(start + corrupted, out.getByte(start + corrupted) ^ 1);
                }
                int bytes = gate.cut(token, out.writerIndex() - start);
                if (bytes >= 0) {
                    context.writeAndFlush(out.copy(out.readerIndex(), start + bytes - out.readerIndex()));
                    out.clear();
                    gate.halt(token);
                }
            }
        }
    }

    /** {@code CommandAsyncService.get}: the caller waits for what may have been made of replies. */
    static final class Await {
        private Await() {}

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(@Point.Here int point, @Advice.Local("gate") Gate gate, @Advice.Local("token") Object token) {
            gate = Gate.open;
            if (gate != null) {
                token = gate.enter(point, null, null, null, null);
            }
        }
    }

    /** {@code RedissonSession.save}: the whole session, into a hash. */
    static final class Save {
        private Save() {}

        @Advice.OnMethodEnter(suppress = Throwable.class, skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(
                @Point.Here int point,
                @Advice.This Object session,
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token) {
            gate = Gate.open;
            if (gate == null) {
                return false;
            }
            token = gate.enter(point, session, ((StandardSession) session).getIdInternal(), session, null);
            return token != null && gate.skips(token);
        }
    }

    /** {@code RedissonSession.delete}: the hash goes; if nodes are told of it, later. */
    static final class Delete {
        private Delete() {}

        @Advice.OnMethodEnter(suppress = Throwable.class, skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(
                @Point.Here int point,
                @Advice.This Object session,
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token) {
            gate = Gate.open;
            if (gate == null) {
                return false;
            }
            token = gate.enter(point, session, ((StandardSession) session).getIdInternal(), null, null);
            return token != null && gate.skips(token);
        }
    }
}
