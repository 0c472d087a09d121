package dev.midwrite.agent.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.agent.point.Library;
import dev.midwrite.event.Edge;
import dev.midwrite.event.EventRecord;
import dev.midwrite.event.FaultKind;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import net.spy.memcached.FailureMode;
import net.spy.memcached.MemcachedConnection;
import net.spy.memcached.MemcachedNode;
import net.spy.memcached.NodeLocator;
import net.spy.memcached.internal.OperationFuture;
import net.spy.memcached.metrics.MetricCollector;
import net.spy.memcached.ops.Operation;
import net.spy.memcached.ops.OperationStatus;
import net.spy.memcached.ops.StoreOperation;
import net.spy.memcached.ops.StoreType;
import net.spy.memcached.protocol.BaseOperationImpl;
import net.spy.memcached.protocol.ascii.AsciiOperationFactory;
import org.junit.jupiter.api.Test;

/** The points of spymemcached, over a node that takes commands and stores nothing, and of the sessions kept with it. */
class MemcachedTest extends LibraryContract {
    private static final String ENQUEUE = "memcached.MemcachedConnection.enqueueOperation";
    private static final String ENCODE = "memcached.BaseOperationImpl.setBuffer";
    private static final String SET = "set key 0 0 5\r\nvalue\r\n";

    @Override
    Library library() {
        return new Memcached();
    }

    @Override
    Map<String, Supplier<Subject>> subjects() {
        return Map.of(
                ENQUEUE,
                () -> new OnClient(Set.class),
                ENCODE,
                () -> new OnClient(Set.class),
                "memcached.OperationFuture.get",
                () -> new OnClient(Await.class),
                "memcached.BackupSessionTask.storeSessionInMemcached",
                () -> new OnManager("de.javakaffee.web.msm.BackupSessionTask", "storeSessionInMemcached"),
                "memcached.OnAfterBackupSessionTask.saveSessionBackupFromResult",
                () -> new OnManager(
                        "de.javakaffee.web.msm.LockingStrategy$OnAfterBackupSessionTask",
                        "saveSessionBackupFromResult"));
    }

    @Test
    void aStepIsOverOnceItsCallerHasWaited() throws Exception {
        try (Rig rig = new Rig(ENQUEUE, new OnClient(SetAndAwait.class))) {
            rig.prepare();
            rig.open();
            rig.call();
            assertThat(rig.journal.records)
                    .filteredOn(record -> record.edge() == Edge.STEP)
                    .extracting(record -> new String(record.payload(), StandardCharsets.UTF_8))
                    .containsExactly("set");
        }
    }

    /** Its caller sees it stored. */
    @Test
    void aDroppedCommandIsAnsweredAsOneThatWorked() throws Exception {
        OnClient subject = new OnClient(SetAndAwait.class);
        try (Rig rig = new Rig(ENQUEUE, subject)) {
            rig.prepare();
            rig.inject(FaultKind.DROP, Edge.BEFORE, "");
            rig.call();
            assertThat(rig.faults()).hasSize(1);
            assertThat(subject.answer).isEqualTo(true);
            assertThat(subject.bodyRan()).isFalse();
        }
    }

    @Test
    void aTornCommandIsAnnouncedAndItsBeginningLeaves() throws Exception {
        OnClient subject = new OnClient(Set.class);
        try (Rig rig = new Rig(ENCODE, subject)) {
            rig.prepare();
            rig.inject(FaultKind.TEAR, Edge.INSIDE, "", 5);
            rig.call();
            assertThat(rig.faults()).extracting(EventRecord::digest).containsExactly(5L);
            assertThat(rig.heldAtItsEnd)
                    .as("announced, then ended")
                    .isEqualTo(rig.journal.records.indexOf(rig.faults().get(0)) + 1);
            assertThat(subject.woven.toString()).isEqualTo("set k" + SET); // Here the process lives on.
        }
    }

    @Test
    void aCorruptedCommandDiffersInOneBitOfItsValue() throws Exception {
        OnClient subject = new OnClient(Set.class);
        try (Rig rig = new Rig(ENCODE, subject)) {
            rig.prepare();
            rig.inject(FaultKind.CORRUPT, Edge.INSIDE, "", 0);
            rig.call();
            assertThat(subject.woven.toString()).isEqualTo(SET.replace("value", "vamue"));
            assertThat(rig.faults()).extracting(EventRecord::digest).containsExactly((long) SET.indexOf("lue"));
        }
    }

    @Test
    void aThrottledCommandWaitsForItsBytes() throws Exception {
        OnClient subject = new OnClient(Set.class);
        try (Rig rig = new Rig(ENCODE, subject)) {
            rig.prepare();
            rig.inject(FaultKind.THROTTLE, Edge.BEFORE, "", Rig.RATE);
            rig.call();
            assertThat(subject.woven.toString()).isEqualTo(SET);
            assertThat(rig.faults()).extracting(EventRecord::digest).containsExactly((long) SET.length());
            assertThat(rig.achieved).isGreaterThanOrEqualTo(SET.length() * Rig.NANOS_PER_BYTE);
        }
    }

    @Test
    void onlyTextThatCarriesAValueCanBeCorrupted() {
        assertThat(valueByte("get key\r\n")).isEqualTo(-1);
        assertThat(valueByte("delete key\r\n")).isEqualTo(-1);
        assertThat(valueByte("set key 0 0 0\r\n\r\n")).isEqualTo(-1);
        assertThat(valueByte("")).isEqualTo(-1);
        assertThat(valueByte("set key 0 0 4\r\n\r\n\r\n\r\n")).isEqualTo("set key 0 0 4\r\n12".length());
        assertThat(valueByte("\u0080\u0001 key\r\nvalue\r\n"))
                .as("the binary protocol")
                .isEqualTo(-1);
    }

    private static int valueByte(String command) {
        return new Memcached().valueByte(ByteBuffer.wrap(command.getBytes(StandardCharsets.ISO_8859_1)));
    }

    /** Calls the client from a class that is loaded beside it. */
    private static final class OnClient extends Subject {
        private final Class<?> calls;
        private Callable<?> woven;
        private Object answer;

        OnClient(Class<?> calls) {
            this.calls = calls;
        }

        @Override
        Class<?>[] classes() {
            return new Class<?>[] {MemcachedConnection.class, BaseOperationImpl.class, OperationFuture.class};
        }

        @Override
        List<String> again() {
            return List.of("net.spy.memcached.", MemcachedTest.class.getName() + "$");
        }

        @Override
        void prepare(WovenLoader loader) throws ReflectiveOperationException {
            loader.setDefaultAssertionStatus(false); // The connection asserts that its thread runs.
            answer = null;
            woven = (Callable<?>)
                    loader.loadClass(calls.getName()).getConstructor().newInstance();
        }

        @Override
        void call() throws Exception {
            answer = woven.call();
        }

        @Override
        boolean bodyRan() {
            return woven.toString().endsWith("\r\n");
        }
    }

    /** A connection without a thread, to a node that answers at once. Public: they are loaded again, beside the client. */
    public abstract static class OnConnection implements Callable<Object> {
        final MemcachedConnection connection = Raw.raw(MemcachedConnection.class);
        final CountDownLatch answered = new CountDownLatch(1);
        final OperationFuture<Boolean> reply = new OperationFuture<>("key", answered, 1_000, null);
        private final StringBuilder sent = new StringBuilder();
        private SocketChannel channel;
        private SocketChannel peer;
        final Operation set = new AsciiOperationFactory()
                .store(
                        StoreType.set,
                        "key",
                        0,
                        0,
                        "value".getBytes(StandardCharsets.US_ASCII),
                        new StoreOperation.Callback() {
                            @Override
                            public void receivedStatus(OperationStatus status) {
                                reply.set(status.isSuccess(), status);
                            }

                            @Override
                            public void gotData(String key, long cas) {}

                            @Override
                            public void complete() {
                                answered.countDown();
                            }
                        });

        OnConnection() {
            reply.setOperation(set);
            MemcachedNode node = proxy(MemcachedNode.class, this::node);
            Raw.set(connection, "locator", proxy(NodeLocator.class, (proxy, method, arguments) -> node));
            Raw.set(connection, "metrics", proxy(MetricCollector.class, (proxy, method, arguments) -> null));
            Raw.set(connection, "addedQueue", new ConcurrentLinkedQueue<>());
            Raw.set(connection, "failureMode", FailureMode.Retry);
            Raw.set(connection, "selector", selector());
        }

        private Object node(Object proxy, Method method, Object[] arguments) throws IOException {
            return switch (method.getName()) {
                case "isActive", "isAuthenticated" -> true;
                case "getSocketAddress" -> new InetSocketAddress(InetAddress.getLoopbackAddress(), 11211);
                case "getChannel" -> channel();
                case "addOp" -> {
                    Operation command = (Operation) arguments[0];
                    sent.append(
                            StandardCharsets.US_ASCII.decode(command.getBuffer().duplicate()));
                    command.getCallback().receivedStatus(new OperationStatus(true, "STORED"));
                    command.getCallback().complete();
                    yield null;
                }
                case "toString" -> "a node";
                default -> null;
            };
        }

        private static Selector selector() {
            try {
                return Selector.open();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        static <T> T proxy(Class<T> type, InvocationHandler calls) {
            return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, calls));
        }

        /** What has not been asked for is not opened. */
        private SocketChannel channel() throws IOException {
            try (ServerSocketChannel server = ServerSocketChannel.open()) {
                server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                channel = SocketChannel.open(server.getLocalAddress());
                peer = server.accept();
            }
            return channel;
        }

        final void awaited() {
            sent.append("awaited\r\n");
        }

        /** What has left past the queue, and then what was in it. */
        @Override
        public final String toString() {
            if (channel != null) {
                ByteBuffer bytes = ByteBuffer.allocate(100);
                try (SocketChannel from = peer) {
                    channel.close();
                    int read = 0;
                    while (read >= 0) { // It ends, as the channel is closed.
                        read = from.read(bytes);
                    }
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
                sent.insert(0, StandardCharsets.US_ASCII.decode(bytes.flip()));
                channel = null;
            }
            return sent.toString();
        }
    }

    /** A command is handed over. */
    public static class Set extends OnConnection {
        @Override
        public Object call() throws Exception {
            connection.enqueueOperation("key", set);
            return null;
        }
    }

    /** A command is handed over and waited for. */
    public static final class SetAndAwait extends Set {
        @Override
        public Object call() throws Exception {
            super.call();
            return reply.get();
        }
    }

    /** A reply is there. */
    public static final class Await extends OnConnection {
        @Override
        public Object call() throws Exception {
            answered.countDown();
            reply.get(1, TimeUnit.SECONDS);
            awaited();
            return null;
        }
    }

    /** Keeps a session that nobody has started in a store that counts. */
    private static final class OnManager extends Subject {
        private static final String MANAGER = "de.javakaffee.web.msm.";
        private final String type;
        private final String method;
        private final AtomicInteger stored = new AtomicInteger();
        private Object task;
        private Object[] arguments;
        private Method call;

        OnManager(String type, String method) {
            this.type = type;
            this.method = method;
        }

        @Override
        Class<?>[] classes() {
            try {
                return new Class<?>[] {Class.forName(type, false, getClass().getClassLoader())};
            } catch (ClassNotFoundException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        List<String> again() {
            return List.of(MANAGER);
        }

        @Override
        void prepare(WovenLoader loader) throws ReflectiveOperationException {
            stored.set(0);
            Class<?> storage = loader.loadClass(MANAGER + "storage.StorageClient");
            Object store = Proxy.newProxyInstance(loader, new Class<?>[] {storage}, (proxy, called, values) -> {
                stored.incrementAndGet();
                return CompletableFuture.completedFuture(true);
            });
            Object session = Raw.raw(loader.loadClass(MANAGER + "MemcachedBackupSession"));
            Raw.set(session, "id", "an id");
            Object keys = loader.loadClass(MANAGER + "StorageKeyFormat")
                    .getField("EMPTY")
                    .get(null);
            task = Raw.raw(loader.loadClass(type));
            Raw.set(task, "_session", session);
            if (method.startsWith("store")) {
                task(loader, store, keys);
                arguments = new Object[] {session, new byte[1]};
            } else {
                backup(loader, store, keys);
                arguments = new Object[] {result(loader)};
            }
            call = java.util.Arrays.stream(task.getClass().getDeclaredMethods())
                    .filter(each -> each.getName().equals(method))
                    .findFirst()
                    .orElseThrow();
            call.setAccessible(true);
        }

        private void task(WovenLoader loader, Object store, Object keys) throws ReflectiveOperationException {
            Object nodes = Raw.raw(loader.loadClass(MANAGER + "MemcachedNodesManager"));
            Raw.set(nodes, "_storageKeyFormat", keys);
            Method statistics = loader.loadClass(MANAGER + "Statistics").getMethod("create", boolean.class);
            Raw.set(task, "_storage", store);
            Raw.set(task, "_memcachedNodesManager", nodes);
            Raw.set(task, "_statistics", statistics.invoke(null, false));
        }

        private void backup(WovenLoader loader, Object store, Object keys) throws ReflectiveOperationException {
            Object ids = Raw.raw(loader.loadClass(MANAGER + "SessionIdFormat"));
            Raw.set(ids, "_storageKeyFormat", keys);
            Object locking = Raw.raw(loader.loadClass(MANAGER + "LockingStrategyNone"));
            Raw.set(locking, "_storage", store);
            Raw.set(locking, "_sessionIdFormat", ids);
            Raw.set(task, "this$0", locking);
        }

        private static Object result(WovenLoader loader) throws ReflectiveOperationException {
            Object result = Raw.raw(loader.loadClass(MANAGER + "BackupSessionTask$BackupResult"));
            Raw.set(result, "_data", new byte[1]);
            return result;
        }

        @Override
        void call() throws Exception {
            stored.set(0);
            try {
                call.invoke(task, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause() instanceof Exception cause ? cause : e;
            }
        }

        @Override
        boolean bodyRan() {
            return stored.get() > 0;
        }
    }
}
