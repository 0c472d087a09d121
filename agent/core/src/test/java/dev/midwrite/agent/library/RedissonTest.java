package dev.midwrite.agent.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.agent.point.Library;
import dev.midwrite.event.Edge;
import dev.midwrite.event.EventRecord;
import dev.midwrite.event.FaultKind;
import dev.midwrite.event.Outcome;
import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.redisson.api.RMap;
import org.redisson.client.RedisConnection;
import org.redisson.client.handler.CommandEncoder;
import org.redisson.client.protocol.CommandData;
import org.redisson.client.protocol.RedisCommands;
import org.redisson.command.CommandAsyncService;
import org.redisson.command.RedisExecutor;
import org.redisson.config.CommandMapper;
import org.redisson.connection.ConnectionManager;
import org.redisson.connection.ServiceManager;
import org.redisson.tomcat.RedissonSession;

/** The points of Redisson: an executor that finds no connection, an encoder that encodes, a session over a map. */
class RedissonTest extends LibraryContract {
    private static final String EXECUTE = "redisson.RedisExecutor.execute";
    private static final String ENCODE = "redisson.CommandEncoder.encode";
    private static final String GET = "redisson.CommandAsyncService.get";

    @Override
    Library library() {
        return new Redisson();
    }

    @Override
    Map<String, Supplier<Subject>> subjects() {
        return Map.of(
                EXECUTE,
                () -> new OnRedisson(Execute.class),
                ENCODE,
                () -> new OnRedisson(Encode.class),
                GET,
                () -> new OnRedisson(Await.class),
                "redisson.RedissonSession.save",
                () -> new OnSession("save"),
                "redisson.RedissonSession.delete",
                () -> new OnSession("delete"));
    }

    /** What is waited for is rarely the command's own promise. */
    @Test
    void aStepIsOverOnceItsCallerHasWaitedForWhatIsMadeOfItsReply() throws Exception {
        List<EventRecord> steps = steps(ExecuteAndAwait.class);
        assertThat(steps).extracting(RedissonTest::payload).containsExactly("HMSET", "PEXPIRE");
        assertThat(steps).extracting(EventRecord::step).containsExactly(1, 2);
        assertThat(steps).extracting(EventRecord::outcome).containsOnly(Outcome.OK.code());
    }

    @Test
    void aStepThatHasNoReplyYetIsNotOver() throws Exception {
        List<EventRecord> steps = steps(ExecuteTwoAndAwaitOne.class);
        assertThat(steps).extracting(RedissonTest::payload).containsExactly("PEXPIRE");
        assertThat(steps).extracting(EventRecord::step).containsExactly(2);
    }

    @Test
    void aStepThatFailedSaysSo() throws Exception {
        assertThat(steps(ExecuteAndFail.class)).extracting(EventRecord::outcome).containsExactly(Outcome.FAIL.code());
    }

    /** After the reply of the first the caller sees it fail, and the second one is not affected. */
    @Test
    void anErrorAfterAStepReachesWhoWaits() throws Exception {
        OnRedisson subject = new OnRedisson(ExecuteAndAwait.class);
        try (Rig rig = new Rig(EXECUTE, subject)) {
            rig.prepare();
            rig.inject(FaultKind.ERROR, Edge.AFTER, UnsupportedOperationException.class.getName());
            subject.failsWith(UnsupportedOperationException.class, rig::call);
        }
    }

    @Test
    void aTornCommandIsAnnouncedAndItsBeginningLeaves() throws Exception {
        OnRedisson subject = new OnRedisson(ExecuteAndEncode.class);
        try (Rig rig = new Rig(ENCODE, subject)) {
            rig.prepare();
            rig.inject(FaultKind.TEAR, Edge.INSIDE, "", 5);
            rig.call();
            assertThat(rig.faults()).extracting(EventRecord::digest).containsExactly(5L);
            assertThat(rig.heldAtItsEnd)
                    .as("announced, then ended")
                    .isEqualTo(rig.journal.records.indexOf(rig.faults().get(0)) + 1);
            assertThat(subject.result).isEqualTo("*3\r\n$");
        }
    }

    @Test
    void aCorruptedCommandDiffersInOneBitOfItsValue() throws Exception {
        OnRedisson subject = new OnRedisson(ExecuteAndEncode.class);
        try (Rig rig = new Rig(ENCODE, subject)) {
            rig.prepare();
            rig.inject(FaultKind.CORRUPT, Edge.INSIDE, "", 0);
            rig.call();
            assertThat(rig.faults()).hasSize(1);
            assertThat(subject.result.toString()).endsWith("$3\r\nkey\r\n$5\r\nvamue\r\n");
        }
    }

    @Test
    void aThrottledCommandWaitsForItsBytesBeforeItIsHandedOver() throws Exception {
        OnRedisson subject = new OnRedisson(ExecuteAndEncode.class);
        try (Rig rig = new Rig(ENCODE, subject)) {
            rig.prepare();
            rig.inject(FaultKind.THROTTLE, Edge.BEFORE, "", Rig.RATE);
            rig.call();
            assertThat(subject.result.toString()).endsWith("$3\r\nkey\r\n$5\r\nvalue\r\n");
            assertThat(rig.faults()).extracting(EventRecord::digest).containsExactly(11L);
            assertThat(rig.achieved).isGreaterThanOrEqualTo(11 * Rig.NANOS_PER_BYTE);
        }
    }

    @Test
    void theDatabaseIsKnownToTheClient() {
        assertThat(new Redisson().database(new Client())).isEqualTo(3);
        assertThat(new Redisson().database(new InetSocketAddress(0))).isEqualTo(-1);
        assertThat(new Redisson().database(null)).isEqualTo(-1);
    }

    private static List<EventRecord> steps(Class<?> calls) throws Exception {
        try (Rig rig = new Rig(EXECUTE, new OnRedisson(calls))) {
            rig.prepare();
            rig.open();
            rig.call();
            return rig.journal.records.stream()
                    .filter(record -> record.edge() == Edge.STEP)
                    .toList();
        }
    }

    private static String payload(EventRecord record) {
        return new String(record.payload(), StandardCharsets.UTF_8);
    }

    /** Looks like Redisson's. */
    public static final class Client {
        public Client getConfig() {
            return this;
        }

        public int getDatabase() {
            return 3;
        }
    }

    /** Calls Redisson from a class that is loaded beside it, and sees that something came of it. */
    private static final class OnRedisson extends Subject {
        private final Class<?> calls;
        private Callable<?> woven;
        private Object result;

        OnRedisson(Class<?> calls) {
            this.calls = calls;
        }

        @Override
        Class<?>[] classes() {
            return new Class<?>[] {RedisExecutor.class, CommandEncoder.class, CommandAsyncService.class};
        }

        @Override
        List<String> again() {
            return List.of("org.redisson.", OnRedisson.class.getEnclosingClass().getName() + "$");
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

        /** A command is not thrown at, its promise is completed exceptionally. */
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

    /** A command, and what it is sent with. Public: they are loaded again, beside Redisson. */
    public abstract static class OnCommand implements Callable<Object> {
        final CommandAsyncService service = Raw.raw(CommandAsyncService.class);
        final Executor set = new Executor("SET");

        /** What the caller gets when the reply has come. */
        final Object await(CompletableFuture<?> reply) {
            return service.get(reply.thenApply(String::valueOf));
        }
    }

    /** A command is handed over. */
    public static class Execute extends OnCommand {
        @Override
        public Object call() {
            set.execute();
            if (set.promise.isCompletedExceptionally()) {
                return set.promise.handle((value, failure) -> failure).join();
            }
            return set.reached ? "taken" : "";
        }
    }

    /** A reply is there. */
    public static final class Await extends OnCommand {
        @Override
        public Object call() {
            return service.get(CompletableFuture.completedFuture("OK"));
        }
    }

    /** Two commands, one after the other. */
    public static final class ExecuteAndAwait extends OnCommand {
        @Override
        public Object call() {
            for (String command : List.of("HMSET", "PEXPIRE")) {
                Executor each = new Executor(command);
                each.execute();
                each.promise.complete("OK");
                await(each.promise);
            }
            return "OK";
        }
    }

    /** Two commands, the second one answered first. */
    public static final class ExecuteTwoAndAwaitOne extends OnCommand {
        @Override
        public Object call() {
            Executor first = new Executor("HMSET");
            first.execute();
            Executor second = new Executor("PEXPIRE");
            second.execute();
            second.promise.complete("OK");
            return await(second.promise);
        }
    }

    /** A command that Redis refuses; its caller waits for what becomes of that. */
    public static final class ExecuteAndFail extends OnCommand {
        @Override
        public Object call() {
            set.execute();
            set.promise.completeExceptionally(new IllegalStateException("refused"));
            return service.get(set.promise.exceptionally(failure -> "refused"));
        }
    }

    /** A command becomes bytes. */
    public static class Encode extends OnCommand {
        @Override
        public Object call() {
            EmbeddedChannel channel = new EmbeddedChannel(new CommandEncoder(CommandMapper.direct()));
            channel.writeOutbound(new CommandData<>(set.promise, null, RedisCommands.SET, set.arguments));
            StringBuilder bytes = new StringBuilder();
            for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
                bytes.append(out.toString(StandardCharsets.US_ASCII));
                out.release();
            }
            return bytes.toString();
        }
    }

    /** A command is handed over and then becomes bytes. */
    public static final class ExecuteAndEncode extends Encode {
        @Override
        public Object call() {
            set.execute();
            return super.call();
        }
    }

    /** Gets as far as asking for a connection. */
    static final class Executor extends RedisExecutor<Object, Object> {
        final Object[] arguments;
        final CompletableFuture<Object> promise;
        boolean reached;

        Executor(String command) {
            this(command, new Object[] {"key", "value"}, new CompletableFuture<>());
        }

        private Executor(String command, Object[] arguments, CompletableFuture<Object> promise) {
            super(
                    false,
                    null,
                    null,
                    new org.redisson.client.protocol.RedisCommand<>(command),
                    arguments,
                    promise,
                    false,
                    connections(),
                    null,
                    null,
                    false,
                    0,
                    null,
                    0,
                    false);
            this.arguments = arguments;
            this.promise = promise;
        }

        private static ConnectionManager connections() {
            ServiceManager services = Raw.raw(ServiceManager.class);
            Raw.set(services, "shutdownLatch", new AtomicBoolean());
            return (ConnectionManager) Proxy.newProxyInstance(
                    ConnectionManager.class.getClassLoader(),
                    new Class<?>[] {ConnectionManager.class},
                    (proxy, method, unused) -> services);
        }

        @Override
        public void execute() {
            try {
                super.execute();
            } catch (UnsupportedOperationException e) {
                reached = true;
            }
        }

        @Override
        protected CompletableFuture<RedisConnection> getConnection(CompletableFuture<Object> attempt) {
            throw new UnsupportedOperationException("no connection");
        }

        @Override
        protected void handleError(CompletableFuture<RedisConnection> connection, Throwable cause) {}
    }

    /** Saves or deletes a session that nobody has started. */
    private static final class OnSession extends Subject {
        private final String method;
        private final AtomicInteger commands = new AtomicInteger();
        private Object session;

        OnSession(String method) {
            this.method = method;
        }

        @Override
        Class<?>[] classes() {
            return new Class<?>[] {RedissonSession.class};
        }

        @Override
        List<String> again() {
            return List.of("org.redisson.tomcat.");
        }

        @Override
        void prepare(WovenLoader loader) throws ReflectiveOperationException {
            Class<?> type = loader.loadClass(RedissonSession.class.getName());
            Object readMode = loader.loadClass("org.redisson.tomcat.RedissonSessionManager$ReadMode")
                    .getField("REDIS")
                    .get(null);
            session = Raw.raw(type);
            Raw.set(session, "id", "an id");
            Raw.set(session, "readMode", readMode);
            Raw.set(session, "updatedAttributes", new HashMap<>());
            Raw.set(session, "loadedAttributes", new HashMap<>());
            Raw.set(session, "removedAttributes", new HashSet<>());
            commands.set(0);
        }

        @Override
        void call() throws Exception {
            InvocationHandler counted = (proxy, called, arguments) -> {
                commands.incrementAndGet();
                return called.getReturnType() == boolean.class
                        ? true
                        : called.getReturnType() == long.class ? 0L : null;
            };
            Raw.set(
                    session,
                    "map",
                    Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {RMap.class}, counted));
            commands.set(0);
            try {
                session.getClass().getMethod(method).invoke(session);
            } catch (java.lang.reflect.InvocationTargetException e) {
                throw e.getCause() instanceof Exception cause ? cause : e;
            }
        }

        @Override
        boolean bodyRan() {
            return commands.get() > 0;
        }
    }
}
