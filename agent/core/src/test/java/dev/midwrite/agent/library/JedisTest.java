package dev.midwrite.agent.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.agent.point.Library;
import dev.midwrite.event.Edge;
import dev.midwrite.event.EventRecord;
import dev.midwrite.event.FaultKind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.util.RedisOutputStream;

/** The points of Jedis, over a socket that always answers OK. */
class JedisTest extends LibraryContract {
    private static final String COMMAND = "jedis.Connection.executeCommand";
    private static final String FLUSH = "jedis.RedisOutputStream.flushBuffer";

    @Override
    Library library() {
        return new Jedis();
    }

    @Override
    Map<String, Supplier<Subject>> subjects() {
        return Map.of(COMMAND, () -> new OnJedis(OfObject.class), FLUSH, () -> new OnJedis(OfArguments.class));
    }

    @Test
    void aCommandIsOneStepWithItsName() throws Exception {
        for (Class<?> calls : List.of(OfObject.class, OfArguments.class)) {
            try (Rig rig = new Rig(COMMAND, new OnJedis(calls))) {
                rig.prepare();
                rig.open();
                rig.call();
                assertThat(rig.journal.records)
                        .filteredOn(record -> record.edge() == Edge.STEP)
                        .extracting(JedisTest::payload)
                        .containsExactly("SET");
                assertThat(rig.records()).extracting(JedisTest::payload).containsExactly("SET");
            }
        }
    }

    @Test
    void aTornCommandIsAnnouncedAndItsBeginningLeaves() throws Exception {
        OnJedis subject = new OnJedis(OfObject.class);
        try (Rig rig = new Rig(FLUSH, subject)) {
            rig.prepare();
            rig.inject(FaultKind.TEAR, Edge.INSIDE, "", 5);
            rig.call();
            assertThat(rig.faults()).extracting(EventRecord::digest).containsExactly(5L);
            assertThat(rig.heldAtItsEnd)
                    .as("announced, then ended")
                    .isEqualTo(rig.journal.records.indexOf(rig.faults().get(0)) + 1);
            assertThat(subject.sent()).startsWith("*3\r\n$*3\r\n$3\r\nSET"); // Here the process lives on.
        }
    }

    @Test
    void aCorruptedCommandDiffersInOneBitOfItsValue() throws Exception {
        OnJedis subject = new OnJedis(OfObject.class);
        try (Rig rig = new Rig(FLUSH, subject)) {
            rig.prepare();
            rig.inject(FaultKind.CORRUPT, Edge.INSIDE, "", 0);
            rig.call();
            assertThat(subject.sent()).endsWith("$3\r\nkey\r\n$5\r\nvamue\r\n");
            assertThat(rig.faults())
                    .extracting(EventRecord::digest)
                    .as("which byte")
                    .containsExactly((long) subject.sent().indexOf("mue"));
        }
    }

    /** Counted without lengths and line ends: SET, key, value. */
    @Test
    void aThrottledCommandWaitsForItsBytes() throws Exception {
        OnJedis subject = new OnJedis(OfObject.class);
        try (Rig rig = new Rig(FLUSH, subject)) {
            rig.prepare();
            rig.inject(FaultKind.THROTTLE, Edge.BEFORE, "", Rig.RATE);
            rig.call();
            assertThat(subject.sent()).endsWith("$3\r\nkey\r\n$5\r\nvalue\r\n");
            assertThat(rig.faults()).extracting(EventRecord::digest).containsExactly(11L);
            assertThat(rig.achieved).isGreaterThanOrEqualTo(11 * Rig.NANOS_PER_BYTE);
        }
    }

    private static String payload(EventRecord record) {
        return new String(record.payload(), StandardCharsets.UTF_8);
    }

    /** Calls Jedis from a class that is loaded beside it. */
    private static final class OnJedis extends Subject {
        private final Class<?> calls;
        private Callable<?> woven;

        OnJedis(Class<?> calls) {
            this.calls = calls;
        }

        @Override
        Class<?>[] classes() {
            return new Class<?>[] {Connection.class, RedisOutputStream.class};
        }

        @Override
        List<String> again() {
            return List.of("redis.clients.", JedisTest.class.getName() + "$");
        }

        @Override
        void prepare(WovenLoader loader) throws ReflectiveOperationException {
            woven = (Callable<?>)
                    loader.loadClass(calls.getName()).getConstructor().newInstance();
        }

        @Override
        void call() throws Exception {
            woven.call();
        }

        @Override
        boolean bodyRan() {
            return sent().contains("value");
        }

        String sent() {
            return woven.toString();
        }
    }

    /** A connection to nowhere; its text is what it has sent. Public: they are loaded again, beside Jedis. */
    public abstract static class OnConnection implements Callable<Object> {
        final CommandArguments arguments =
                new CommandArguments(Protocol.Command.SET).key("key").add("value");
        final Connection connection;
        final ByteArrayOutputStream sent = new ByteArrayOutputStream();

        OnConnection() {
            connection = new Connection(() -> new Socket() {
                @Override
                public InputStream getInputStream() {
                    return new ByteArrayInputStream("+OK\r\n".getBytes(StandardCharsets.US_ASCII));
                }

                @Override
                public OutputStream getOutputStream() {
                    return sent;
                }

                @Override
                public boolean isConnected() {
                    return true;
                }

                @Override
                public boolean isBound() {
                    return true;
                }
            });
        }

        @Override
        public String toString() {
            return sent.toString(StandardCharsets.US_ASCII);
        }
    }

    /** A command with a reader of its reply. */
    public static final class OfObject extends OnConnection {
        @Override
        public Object call() {
            return connection.executeCommand(new CommandObject<>(arguments, BuilderFactory.STRING));
        }
    }

    /** A command. */
    public static final class OfArguments extends OnConnection {
        @Override
        public Object call() {
            return connection.executeCommand(arguments);
        }
    }
}
