package dev.midwrite.agent.library;

import dev.midwrite.agent.gate.Gate;
import dev.midwrite.agent.point.Call;
import dev.midwrite.agent.point.Point;
import dev.midwrite.agent.point.Role;
import dev.midwrite.agent.point.Waiting;
import dev.midwrite.event.FaultKind;
import dev.midwrite.event.PointKind;
import io.lettuce.core.output.BooleanOutput;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandWrapper;
import io.lettuce.core.protocol.RedisCommand;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/** Lettuce, a Redis client: its caller hands a command over and waits; an event loop encodes it in between. */
final class Lettuce extends RedisLibrary {
    private static final List<String> ENDPOINT = List.of("io.lettuce.core.protocol.DefaultEndpoint");
    private static final String COMMAND = "io.lettuce.core.protocol.RedisCommand";
    private static final String STORE_GONE = "io.lettuce.core.RedisConnectionException";

    Lettuce() {
        super("lettuce");
        eventLoop(".netty.util.concurrent.FastThreadLocalThread");
        Point bytes = point("CommandEncoder.encode", PointKind.STORE_BYTES, Role.BYTES)
                .holdsUp(Waiting.EVERYBODY)
                .paces()
                .in(
                        List.of("io.lettuce.core.protocol.CommandEncoder"),
                        Call.of("encode", 3).with(2, COMMAND),
                        "Encode");
        point("DefaultEndpoint.write", PointKind.STORE_COMMAND, Role.STEP)
                .fails(STORE_GONE)
                .leavesAt(bytes)
                .exchanges()
                .in(ENDPOINT, Call.taking("write", COMMAND), "Write");
        point("DefaultEndpoint.writeAll", PointKind.STORE_COMMAND, Role.STEP)
                .leavesAt(bytes)
                .cannot(FaultKind.DROP, "the commands of a batch leave together")
                .cannot(FaultKind.ERROR, "the commands of a batch leave together")
                .in(ENDPOINT, Call.taking("write", "java.util.Collection"), "WriteAll");
        point("Futures.await", PointKind.STORE_COMMAND, Role.REPLY)
                .in(
                        // The second one in releases before 6; later it hands over to the first.
                        List.of("io.lettuce.core.internal.Futures", "io.lettuce.core.LettuceFutures"),
                        Call.of("awaitOrCancel", 3),
                        "Await",
                        ReplyExit.NAME);
    }

    @Override
    public boolean readsWhole(String command) {
        return Resp.readsWhole(command);
    }

    /** It stands in a field, and no method says it. */
    @Override
    public int database(Object connection) {
        try {
            Object db = field(connection, "db"); // Of Lettuce 5.
            if (db == null) {
                db = field(field(connection, "state"), "db");
            }
            return db instanceof Integer number ? number : -1;
        } catch (ReflectiveOperationException | RuntimeException e) {
            return -1; // Then it is not said.
        }
    }

    private static Object field(Object of, String name) throws ReflectiveOperationException {
        for (Class<?> type = of == null ? null : of.getClass(); type != null; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (field.getName().equals(name)) {
                    field.setAccessible(true);
                    return field.get(of);
                }
            }
        }
        return null;
    }

    /**
     * {@code DefaultEndpoint.write}: the caller hands a command over; no byte has left.
     *
     * <p>A command that is not written must be completed, or its caller would wait until the timeout: exceptionally for an
     * error, with the answer of a command that worked for a drop. Throwing here would leave it open.
     */
    static final class Write {
        private Write() {}

        @Advice.OnMethodEnter(suppress = Throwable.class, skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(
                @Point.Here int point,
                @Advice.This Object endpoint,
                @Advice.Argument(0) RedisCommand<?, ?, ?> command,
                @Advice.FieldValue("channel") Channel channel,
                @Advice.FieldValue("connectionFacade") Object connection) {
            Gate gate = Gate.open;
            if (gate == null || command == null) {
                return false;
            }
            Object token = gate.enter(
                    point,
                    endpoint,
                    null,
                    CommandWrapper.unwrap(command),
                    command.getType().toString());
            if (token != null && command.getArgs() != null && gate.locates(token)) {
                gate.located(
                        token,
                        command.getArgs().getFirstEncodedKey(),
                        channel == null ? null : channel.remoteAddress(),
                        connection);
            }
            if (token != null && command.getArgs() != null && gate.tellsContent(token)) {
                ByteBuf arguments = Unpooled.buffer();
                command.getArgs().encode(arguments);
                gate.content(token, arguments.nioBuffer());
            }
            if (token != null && gate.paces(token)) {
                ByteBuf encoded = Unpooled.buffer();
                command.encode(encoded);
                gate.pace(token, endpoint, encoded.readableBytes());
            }
            if (token == null || !gate.skips(token)) {
                return false;
            }
            Throwable error = gate.exit(token, null, null, null);
            if (error != null) {
                command.completeExceptionally(error);
                return true;
            }
            CommandOutput<?, ?, ?> output = command.getOutput();
            if (output instanceof StatusOutput) {
                output.set(ByteBuffer.wrap(new byte[] {'O', 'K'}));
            } else if (output instanceof BooleanOutput || output instanceof IntegerOutput) {
                output.set(1);
            }
            command.complete();
            return true;
        }

        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(
                @Advice.Enter boolean skipped,
                @Advice.Argument(0) Object command,
                @Advice.Return(readOnly = false, typing = Assigner.Typing.DYNAMIC) Object result) {
            if (skipped) {
                result = command;
            }
        }
    }

    /** {@code DefaultEndpoint.write} of a batch: each command is a step; a batch can be delayed and torn, not dropped. */
    static final class WriteAll {
        private WriteAll() {}

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(
                @Point.Here int point, @Advice.This Object endpoint, @Advice.Argument(0) Collection<?> commands) {
            Gate gate = Gate.open;
            if (gate != null && commands != null) {
                Iterator<?> each = commands.iterator();
                while (each.hasNext()) {
                    RedisCommand<?, ?, ?> command = (RedisCommand<?, ?, ?>) each.next();
                    Object token = gate.enter(
                            point,
                            endpoint,
                            null,
                            CommandWrapper.unwrap(command),
                            command.getType().toString());
                    if (token != null && command.getArgs() != null && gate.tellsContent(token)) {
                        ByteBuf arguments = Unpooled.buffer();
                        command.getArgs().encode(arguments);
                        gate.content(token, arguments.nioBuffer());
                    }
                    if (token != null && gate.paces(token)) {
                        ByteBuf encoded = Unpooled.buffer();
                        command.encode(encoded);
                        gate.pace(token, endpoint, encoded.readableBytes());
                    }
                }
            }
        }
    }

    /**
     * {@code CommandEncoder.encode} of one command, on the event loop.
     *
     * <p>Lettuce keeps a command in one buffer and writes it in one piece, so a torn command has to be made: a prefix goes
     * out by itself, nothing is left in the buffer, and the process halts.
     */
    static final class Encode {
        private Encode() {}

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(
                @Point.Here int point,
                @Advice.Argument(1) ByteBuf out,
                @Advice.Argument(2) RedisCommand<?, ?, ?> command,
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token,
                @Advice.Local("start") int start) {
            gate = Gate.open;
            if (gate != null) {
                token = gate.enter(point, null, null, CommandWrapper.unwrap(command), null);
                start = out.writerIndex();
            }
        }

        @SuppressWarnings("FutureReturnValueIgnored") // Nobody is left to ask it.
        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(
                @Advice.Argument(0) ChannelHandlerContext context,
                @Advice.Argument(1) ByteBuf out,
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

    /**
     * {@code Futures.awaitOrCancel}: the caller waits for a reply; when this returns, the step is complete.
     *
     * <p>Lettuce's own blocking API and Spring Data Redis both wait here.
     */
    static final class Await {
        private Await() {}

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(
                @Point.Here int point,
                @Advice.Argument(0) Object future,
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token) {
            gate = Gate.open;
            if (gate != null && future instanceof RedisCommand) {
                token = gate.enter(point, null, null, CommandWrapper.unwrap((RedisCommand<?, ?, ?>) future), null);
            }
        }
    }
}
