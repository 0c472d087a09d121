package dev.midwrite.agent.library;

import dev.midwrite.agent.gate.Gate;
import dev.midwrite.agent.point.Call;
import dev.midwrite.agent.point.Point;
import dev.midwrite.agent.point.Role;
import dev.midwrite.event.FaultKind;
import dev.midwrite.event.PointKind;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import net.bytebuddy.asm.Advice;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.args.Rawable;

/**
 * Jedis, a Redis client that blocks: a command is encoded, sent and answered within one call, on its caller's thread.
 *
 * <p>Both calls that do all of this are points of the same name; a pipeline does neither, and is not seen.
 */
final class Jedis extends RedisLibrary {
    private static final List<String> CONNECTION = List.of("redis.clients.jedis.Connection");

    Jedis() {
        super("jedis");
        Point bytes = point("RedisOutputStream.flushBuffer", PointKind.STORE_BYTES, Role.BYTES)
                .paces()
                .in(List.of("redis.clients.jedis.util.RedisOutputStream"), Call.of("flushBuffer", 0), "Flush");
        point("Connection.executeCommand", PointKind.STORE_COMMAND, Role.STEP)
                .fails("redis.clients.jedis.exceptions.JedisConnectionException")
                .leavesAt(bytes)
                .exchanges()
                .cannot(FaultKind.DROP, "its caller needs the reply, and there is none without sending it")
                .in(
                        CONNECTION,
                        Call.taking("executeCommand", "redis.clients.jedis.CommandObject"),
                        "CommandOfObject",
                        ReplyExit.NAME)
                .in(
                        CONNECTION,
                        Call.taking("executeCommand", "redis.clients.jedis.CommandArguments"),
                        "CommandOfArguments",
                        ReplyExit.NAME);
    }

    @Override
    public boolean readsWhole(String command) {
        return Resp.readsWhole(command);
    }

    /** {@code Connection.executeCommand} of a command and of how to read its reply. */
    static final class CommandOfObject {
        private CommandOfObject() {}

        @Advice.OnMethodEnter(suppress = Throwable.class, skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(
                @Point.Here int point,
                @Advice.This Object connection,
                @Advice.FieldValue("socket") Socket socket,
                @Advice.Argument(0) CommandObject<?> command,
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token) {
            gate = Gate.open;
            if (gate == null || command == null) {
                return false;
            }
            Iterator<Rawable> arguments = command.getArguments().iterator();
            String name = new String(arguments.next().getRaw(), StandardCharsets.US_ASCII);
            token = gate.enter(point, connection, null, null, name);
            if (token != null && arguments.hasNext() && gate.locates(token)) {
                gate.located(
                        token,
                        ByteBuffer.wrap(arguments.next().getRaw()),
                        socket == null ? null : socket.getRemoteSocketAddress(),
                        connection);
            }
            if (token != null && gate.tellsContent(token)) {
                List<byte[]> content = new ArrayList<>();
                for (Rawable argument : command.getArguments()) {
                    content.add(argument.getRaw());
                }
                gate.content(token, content.subList(1, content.size()).toArray());
            }
            if (token != null && gate.paces(token)) {
                int bytes = 0;
                for (Rawable argument : command.getArguments()) {
                    bytes += argument.getRaw().length;
                }
                gate.pace(token, connection, bytes);
            }
            return token != null && gate.skips(token);
        }
    }

    /** {@code Connection.executeCommand} of a command whose reply the caller reads by itself. */
    static final class CommandOfArguments {
        private CommandOfArguments() {}

        @Advice.OnMethodEnter(suppress = Throwable.class, skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(
                @Point.Here int point,
                @Advice.This Object connection,
                @Advice.FieldValue("socket") Socket socket,
                @Advice.Argument(0) CommandArguments command,
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token) {
            gate = Gate.open;
            if (gate == null || command == null) {
                return false;
            }
            Iterator<Rawable> arguments = command.iterator();
            String name = new String(arguments.next().getRaw(), StandardCharsets.US_ASCII);
            token = gate.enter(point, connection, null, null, name);
            if (token != null && arguments.hasNext() && gate.locates(token)) {
                gate.located(
                        token,
                        ByteBuffer.wrap(arguments.next().getRaw()),
                        socket == null ? null : socket.getRemoteSocketAddress(),
                        connection);
            }
            if (token != null && gate.tellsContent(token)) {
                List<byte[]> content = new ArrayList<>();
                for (Rawable argument : command) {
                    content.add(argument.getRaw());
                }
                gate.content(token, content.subList(1, content.size()).toArray());
            }
            if (token != null && gate.paces(token)) {
                int bytes = 0;
                for (Rawable argument : command) {
                    bytes += argument.getRaw().length;
                }
                gate.pace(token, connection, bytes);
            }
            return token != null && gate.skips(token);
        }
    }

    /**
     * {@code RedisOutputStream.flushBuffer}: what has been encoded so far leaves. A command that is longer than the buffer
     * (8 KiB) leaves in several pieces; a tear cuts the first, and a byte is changed there.
     */
    static final class Flush {
        private Flush() {}

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(
                @Point.Here int point,
                @Advice.This Object stream,
                @Advice.FieldValue("buf") byte[] buffer,
                @Advice.FieldValue("count") int count,
                @Advice.FieldValue("out") OutputStream out)
                throws java.io.IOException {
            Gate gate = Gate.open;
            if (gate == null || count == 0) {
                return;
            }
            Object token = gate.enter(point, stream, null, null, null);
            if (token == null) {
                return;
            }
            int corrupted = gate.corrupts(token, ByteBuffer.wrap(buffer, 0, count));
            if (corrupted >= 0) {
                buffer[corrupted] ^= 1;
            }
            int bytes = gate.cut(token, count);
            if (bytes >= 0) {
                out.write(buffer, 0, bytes);
                out.flush();
                gate.halt(token);
            }
        }
    }
}
