package dev.midwrite.agent.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.agent.point.Library;
import dev.midwrite.event.Edge;
import dev.midwrite.event.EventRecord;
import dev.midwrite.event.FaultKind;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.LettuceFutures;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.internal.Futures;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandEncoder;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.DefaultEndpoint;
import io.lettuce.core.resource.ClientResources;
import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The points of Lettuce: an endpoint without a connection keeps what it is given, an encoder encodes. */
class LettuceTest extends LibraryContract {

    @Override
    Library library() {
        return new Lettuce();
    }

    @Override
    Map<String, Supplier<Subject>> subjects() {
        return Map.of(
                "lettuce.DefaultEndpoint.write", () -> new OnLettuce(Write.class),
                "lettuce.DefaultEndpoint.writeAll", () -> new OnLettuce(WriteAll.class),
                "lettuce.CommandEncoder.encode", () -> new OnLettuce(Encode.class),
                "lettuce.Futures.await", () -> new OnLettuce(Await.class));
    }

    /** A dropped command is completed at the door, and its caller waits for it nevertheless. */
    @Test
    void aDroppedCommandWritesItsStepOnce() throws Exception {
        OnLettuce subject = new OnLettuce(WriteAndAwait.class);
        try (Rig rig = new Rig("lettuce.DefaultEndpoint.write", subject)) {
            rig.prepare();
            rig.inject(FaultKind.DROP, Edge.BEFORE, "");
            rig.call();
            assertThat(rig.journal.records)
                    .filteredOn(record -> record.edge() == Edge.STEP)
                    .extracting(EventRecord::step)
                    .containsExactly(1);
        }
    }

    /** From Lettuce 6 on the waiting is handed over, and both calls carry the point. */
    @Test
    void aReplyThatIsWaitedForByWayOfAnotherEndsItsStepOnce() throws Exception {
        try (Rig rig = new Rig("lettuce.Futures.await", new OnLettuce(WriteAndAwaitElsewhere.class))) {
            rig.prepare();
            rig.open();
            rig.call();
            assertThat(rig.journal.records)
                    .filteredOn(record -> record.edge() == Edge.STEP)
                    .extracting(EventRecord::step)
                    .containsExactly(1);
        }
    }

    @Test
    void aTornCommandIsAnnouncedAndItsBeginningLeaves() throws Exception {
        OnLettuce subject = new OnLettuce(WriteAndEncode.class);
        try (Rig rig = new Rig("lettuce.CommandEncoder.encode", subject)) {
            rig.prepare();
            rig.inject(FaultKind.TEAR, Edge.INSIDE, "", 5);
            rig.call();
            assertThat(rig.faults()).hasSize(1);
            assertThat(rig.faults().get(0).digest()).isEqualTo(5);
            assertThat(rig.heldAtItsEnd)
                    .as("announced, then ended")
                    .isEqualTo(rig.journal.records.indexOf(rig.faults().get(0)) + 1);
            assertThat(subject.result).isEqualTo("*3\r\n$");
        }
    }

    @Test
    void aCorruptedCommandDiffersInOneBitOfItsValue() throws Exception {
        OnLettuce subject = new OnLettuce(WriteAndEncode.class);
        try (Rig rig = new Rig("lettuce.CommandEncoder.encode", subject)) {
            rig.prepare();
            rig.inject(FaultKind.CORRUPT, Edge.INSIDE, "", 0);
            rig.call();
            assertThat(rig.faults()).hasSize(1);
            assertThat(subject.result.toString()).endsWith("$3\r\nkey\r\n$5\r\nvamue\r\n");
        }
    }

    /** All of its bytes count, on the caller's thread, and the event loop finds nothing left to do. */
    @Test
    void aThrottledCommandWaitsForItsBytesBeforeItIsHandedOver() throws Exception {
        OnLettuce subject = new OnLettuce(WriteAndEncode.class);
        try (Rig rig = new Rig("lettuce.CommandEncoder.encode", subject)) {
            rig.prepare();
            rig.inject(FaultKind.THROTTLE, Edge.BEFORE, "", Rig.RATE);
            rig.call();
            String sent = subject.result.toString();
            assertThat(sent).endsWith("$3\r\nkey\r\n$5\r\nvalue\r\n");
            assertThat(rig.faults()).extracting(EventRecord::digest).containsExactly((long) sent.length());
            assertThat(rig.achieved).isGreaterThanOrEqualTo(sent.length() * Rig.NANOS_PER_BYTE);
        }
    }

    @Test
    void aThrottledBatchWaitsForEachOfItsCommands() throws Exception {
        try (Rig rig = new Rig("lettuce.CommandEncoder.encode", new OnLettuce(WriteAll.class))) {
            rig.prepare();
            rig.inject(FaultKind.THROTTLE, Edge.BEFORE, "", Rig.RATE);
            rig.call();
            assertThat(rig.faults()).hasSize(1);
            assertThat(rig.achieved).isGreaterThanOrEqualTo(rig.faults().get(0).digest() * Rig.NANOS_PER_BYTE);
        }
    }

    @Test
    void theDatabaseStandsInAField() {
        Object state = new Object() {
            @SuppressWarnings("unused") // It is looked for by name.
            private final int db = 3;
        };
        Object connection = new Object() {
            @SuppressWarnings("unused") // As is this.
            private final Object state0 = state;
        };
        assertThat(new Lettuce().database(state)).isEqualTo(3);
        assertThat(new Lettuce().database(connection)).isEqualTo(-1);
        assertThat(new Lettuce().database(null)).isEqualTo(-1);
    }

    /** Calls Lettuce from a class that is loaded beside it, and sees that something came of it. */
    private static final class OnLettuce extends Subject {
        private final Class<?> calls;
        private Callable<?> woven;
        private Object result;

        OnLettuce(Class<?> calls) {
            this.calls = calls;
        }

        @Override
        Class<?>[] classes() {
            return new Class<?>[] {DefaultEndpoint.class, CommandEncoder.class, Futures.class};
        }

        @Override
        List<String> again() {
            return List.of("io.lettuce.", OnLettuce.class.getEnclosingClass().getName() + "$");
        }

        @Override
        void prepare(WovenLoader loader) throws ReflectiveOperationException {
            woven = (Callable<?>)
                    loader.loadClass(calls.getName()).getConstructor().newInstance();
            result = null;
        }

        @Override
        void call() throws Exception {
            result = woven.call();
        }

        @Override
        boolean bodyRan() {
            return result instanceof String text && !text.isEmpty();
        }

        /** A command is not thrown at, it is completed exceptionally. */
        @Override
        void failsWith(Class<? extends Throwable> type, ThrowingCallable call) {
            try {
                call.call();
            } catch (Throwable thrown) {
                result = thrown;
            }
            assertThat(result).isInstanceOf(type);
            failure = (Throwable) result;
        }
    }

    /** An endpoint that is not connected, and a command. Public: they are loaded again, beside Lettuce. */
    public abstract static class OnEndpoint implements Callable<Object> {
        final Endpoint endpoint = new Endpoint(ClientOptions.create(), (ClientResources) Proxy.newProxyInstance(
                OnEndpoint.class.getClassLoader(),
                new Class<?>[] {ClientResources.class},
                (proxy, method, arguments) -> null));
        final AsyncCommand<String, String, String> command = new AsyncCommand<>(new Command<>(
                CommandType.SET,
                new StatusOutput<>(StringCodec.UTF8),
                new CommandArgs<>(StringCodec.UTF8).addKey("key").addValue("value")));

        /** What the endpoint took; or why the command failed. */
        Object outcome() {
            if (command.isCompletedExceptionally()) {
                return command.handle((value, failure) -> failure)
                        .toCompletableFuture()
                        .join();
            }
            return endpoint.tookNothing() ? "" : "taken";
        }
    }

    /** Shows what it keeps. */
    static final class Endpoint extends DefaultEndpoint {
        Endpoint(ClientOptions options, ClientResources resources) {
            super(options, resources);
        }

        boolean tookNothing() {
            return drainCommands().isEmpty();
        }
    }

    /** One command. */
    public static final class Write extends OnEndpoint {
        @Override
        public Object call() {
            endpoint.write(command);
            return outcome();
        }
    }

    /** One command, whose caller waits if it is complete. */
    public static final class WriteAndAwait extends OnEndpoint {
        @Override
        public Object call() {
            endpoint.write(command);
            return Futures.awaitOrCancel(command, 1, TimeUnit.SECONDS);
        }
    }

    /** One command, whose caller waits by way of another class. */
    public static final class WriteAndAwaitElsewhere extends OnEndpoint {
        @Override
        public Object call() {
            endpoint.write(command);
            command.complete();
            return LettuceFutures.awaitOrCancel(command, 1, TimeUnit.SECONDS);
        }
    }

    /** A batch. */
    public static final class WriteAll extends OnEndpoint {
        @Override
        public Object call() {
            endpoint.write(List.of(command));
            return outcome();
        }
    }

    /** A command becomes bytes. */
    public static class Encode extends OnEndpoint {
        @Override
        public Object call() {
            EmbeddedChannel channel = new EmbeddedChannel(new CommandEncoder());
            channel.writeOutbound(command);
            StringBuilder bytes = new StringBuilder();
            for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
                bytes.append(out.toString(java.nio.charset.StandardCharsets.US_ASCII));
                out.release();
            }
            return bytes.toString();
        }
    }

    /** A command is handed over and then becomes bytes. */
    public static final class WriteAndEncode extends Encode {
        @Override
        public Object call() {
            endpoint.write(command);
            return super.call();
        }
    }

    /** A reply is there. */
    public static final class Await extends OnEndpoint {
        @Override
        public Object call() {
            command.getOutput().set(java.nio.ByteBuffer.wrap(new byte[] {'O', 'K'}));
            command.complete();
            return Futures.awaitOrCancel(command, 1, TimeUnit.SECONDS);
        }
    }
}
