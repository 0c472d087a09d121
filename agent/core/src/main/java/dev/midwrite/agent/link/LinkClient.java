package dev.midwrite.agent.link;

import com.google.protobuf.ByteString;
import dev.midwrite.agent.fault.Injections;
import dev.midwrite.agent.log.AgentLog;
import dev.midwrite.agent.meter.AgentMeters;
import dev.midwrite.agent.point.PointReport;
import dev.midwrite.link.v1.ControllerMessage;
import dev.midwrite.link.v1.LinkGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.okhttp.OkHttpChannelBuilder;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Keeps one stream to the controller: dials, dials again with a growing pause when it is lost, and sweeps what is armed
 * whether there is a stream or not.
 *
 * <p>All state of the link lives on one thread, {@code midwrite-link}; gRPC's threads only hand messages to it. The sweep
 * has a thread of its own, because nothing may delay a disarm.
 */
public final class LinkClient implements AutoCloseable {
    private static final long TICK_MILLIS = 50;
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 2_000;
    /** A stream that brings nothing for so many ticks (5 s) is lost: the other side, or the way to it, is gone. */
    private static final int SILENT_TICKS = 100;

    private static final Status UNPROVED =
            Status.UNAUTHENTICATED.withDescription("whoever listens there does not have this agent's token");

    /** So many reasons for having no controller are told: some may differ in a number only. */
    private static final int MOST_LOSSES = 10;

    private static final int LARGEST_MESSAGE = 16 << 20;
    private static final long CLOSE_SECONDS = 5;

    private final LinkSettings settings;
    private final LinkSession session;
    private final ScheduledExecutorService link;
    private final Sweep sweep;
    private final int silentTicks;
    private ManagedChannel channel;
    private ClientCallStreamObserver<dev.midwrite.link.v1.AgentMessage> stream;
    private Answers answers;
    /** Until the controller has proved itself; null from then on, and where certificates have done that. */
    private Handshake handshake;

    private long pauseMillis = FIRST_PAUSE_MILLIS;
    /** Why there was no controller since there was one last, as far as that was told. */
    private final Set<String> lossesTold = new HashSet<>();

    private boolean closed;

    /**
     * @param points what is woven, asked often
     * @param meters sent to the controller every few seconds
     */
    public LinkClient(
            LinkSettings settings,
            Injections injections,
            Supplier<List<PointReport>> points,
            Recorder recorder,
            AgentMeters meters) {
        this(settings, injections, points, recorder, meters, SILENT_TICKS);
    }

    /** @param silentTicks so many ticks of the link without a word, and the stream is lost */
    LinkClient(
            LinkSettings settings,
            Injections injections,
            Supplier<List<PointReport>> points,
            Recorder recorder,
            AgentMeters meters,
            int silentTicks) {
        this.settings = settings;
        this.silentTicks = silentTicks;
        this.link = thread("midwrite-link");
        this.sweep = new Sweep(settings.killSwitch(), injections);
        this.session = new LinkSession(settings, injections, points, recorder, meters, this::onLink);
        injections.onEnd((counts, ending) -> {
            session.heldBack(counts);
            onLink(() -> session.ended(counts, ending));
        });
    }

    /** Begins to dial; returns at once. */
    public void start() {
        if (!settings.identity().isEncrypted()
                && loopback(settings.controllerHost()).isEmpty()) {
            AgentLog.warn(
                    "the controller " + settings.controllerHost() + " is not on loopback, and the link is plain text:"
                            + " not dialled; give certificate, key and ca, or use an ssh tunnel",
                    null);
            return;
        }
        daemon(sweep, "midwrite-sweep").start();
        repeat(this::tick, TICK_MILLIS);
        onLink(this::dial);
    }

    /** The host's hooks have ended: seals the journal and sends the rest, for so long at the most. */
    public void flush(Duration timeout) {
        Future<Boolean> sealed = link.submit(session::seal);
        long deadline = System.nanoTime() + timeout.toNanos();
        try {
            if (sealed.get(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
                session.awaitAcknowledged(deadline - System.nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            AgentLog.warn("the journal's rest is not sent; the next incarnation will", e);
        }
    }

    /** Ends the stream, what is armed and the recording; its threads end with their next turn. Idempotent. */
    @Override
    public void close() {
        if (link.isShutdown()) {
            return;
        }
        Future<?> ended = link.submit(guarded(() -> {
            closed = true;
            session.lost();
            session.close();
            if (channel != null) {
                channel.shutdownNow();
            }
        }));
        try {
            ended.get(CLOSE_SECONDS, TimeUnit.SECONDS);
            if (channel != null && !channel.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                AgentLog.warn("the connection to the controller does not end", null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            AgentLog.warn("the link does not end", e);
        } finally {
            link.shutdownNow();
            sweep.close();
        }
    }

    private void tick() {
        session.tick();
        if (channel != null && answers.isSilent(silentTicks)) {
            lost(channel, Status.DEADLINE_EXCEEDED.withDescription("silent").asRuntimeException());
        }
    }

    private void dial() {
        if (closed) {
            return;
        }
        try {
            channel = open().maxInboundMessageSize(LARGEST_MESSAGE).build();
        } catch (IOException | IllegalArgumentException e) { // gRPC's word for a key that is none.
            redial(e.getMessage());
            return;
        }
        answers = new Answers(channel);
        LinkGrpc.newStub(channel).connect(answers);
    }

    private OkHttpChannelBuilder open() throws IOException {
        String host = settings.controllerHost();
        int port = settings.controllerPort();
        LinkIdentity identity = settings.identity();
        if (identity.isEncrypted()) {
            handshake = null;
            return OkHttpChannelBuilder.forAddress(host, port, identity.credentials());
        }
        InetAddress address = loopback(host).orElseThrow(() -> new IOException(host + " is not on loopback any more"));
        handshake = new Handshake(identity.readToken(), port);
        return OkHttpChannelBuilder.forAddress(address.getHostAddress(), port).usePlaintext();
    }

    private void lost(ManagedChannel which, Throwable cause) {
        if (which != channel || closed) {
            return;
        }
        stream = null;
        session.lost();
        which.shutdownNow();
        channel = null;
        Status status = cause == null ? Status.OK : Status.fromThrowable(cause);
        redial(status.getCode() + (status.getDescription() == null ? "" : ": " + status.getDescription()));
    }

    private void redial(String why) {
        long pause = pauseMillis / 2 + ThreadLocalRandom.current().nextLong(pauseMillis / 2 + 1);
        pauseMillis = Math.min(pauseMillis * 2, LONGEST_PAUSE_MILLIS);
        // Once each, not at every attempt: a host may live for months without its controller.
        if (lossesTold.size() < MOST_LOSSES && lossesTold.add(why)) {
            AgentLog.info("no controller at " + settings.controllerHost() + ":" + settings.controllerPort() + " (" + why
                    + "), dialling again until there is one");
        }
        schedule(this::dial, pause);
    }

    private void received(ManagedChannel which, ControllerMessage message) {
        if (which != channel) {
            return;
        }
        if (handshake != null) {
            ByteString proof = handshake.proof(message);
            if (proof == null) {
                lost(which, UNPROVED.asRuntimeException());
                return;
            }
            handshake = null;
            session.connected(stream, proof);
            return;
        }
        pauseMillis = FIRST_PAUSE_MILLIS;
        lossesTold.clear();
        session.received(message);
    }

    private void onLink(Runnable task) {
        schedule(task, 0);
    }

    private void schedule(Runnable task, long delayMillis) {
        if (!link.isShutdown()) {
            Future<?> pending = link.schedule(guarded(task), delayMillis, TimeUnit.MILLISECONDS);
            assert pending != null;
        }
    }

    private void repeat(Runnable task, long millis) {
        Future<?> pending = link.scheduleWithFixedDelay(guarded(task), millis, millis, TimeUnit.MILLISECONDS);
        assert pending != null;
    }

    /** A task that throws would silently end its repetition. */
    private static Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException | LinkageError | AssertionError | OutOfMemoryError e) {
                AgentLog.warn("the link failed at a task and goes on", e);
            }
        };
    }

    private static ScheduledExecutorService thread(String name) {
        return Executors.newSingleThreadScheduledExecutor(task -> daemon(task, name));
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.setContextClassLoader(LinkClient.class.getClassLoader());
        return thread;
    }

    /** What the name stands for now; it is dialled as numbers, so that nobody looks again. Empty if it is elsewhere, or nowhere. */
    static Optional<InetAddress> loopback(String host) {
        try {
            return Optional.of(InetAddress.getByName(host)).filter(InetAddress::isLoopbackAddress);
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** Hands what gRPC's threads see to the link's thread. */
    private final class Answers
            implements ClientResponseObserver<dev.midwrite.link.v1.AgentMessage, ControllerMessage> {
        private final ManagedChannel mine;
        /** Counted, not timed: a host that stood still has not listened either. */
        private final AtomicInteger ticksInSilence = new AtomicInteger();
        /** Only who pings can be missed, once it has spoken at all. */
        private volatile boolean isAwaited = true;

        Answers(ManagedChannel mine) {
            this.mine = mine;
        }

        @Override
        public void beforeStart(ClientCallStreamObserver<dev.midwrite.link.v1.AgentMessage> call) {
            // Called on the link's thread, inside connect; the hello goes out when the stream is there.
            onLink(() -> {
                if (mine == channel) {
                    stream = call;
                    if (handshake == null) {
                        session.connected(call, ByteString.EMPTY);
                    } else {
                        call.onNext(handshake.challenge());
                    }
                }
            });
        }

        /** Called at each tick. */
        boolean isSilent(int ticks) {
            return ticksInSilence.incrementAndGet() > ticks && isAwaited;
        }

        @Override
        public void onNext(ControllerMessage message) {
            ticksInSilence.set(0);
            isAwaited = message.hasPing() || (isAwaited && !message.hasWelcome());
            onLink(() -> received(mine, message));
        }

        @Override
        public void onError(Throwable cause) {
            onLink(() -> lost(mine, cause));
        }

        @Override
        public void onCompleted() {
            onLink(() -> lost(mine, null));
        }
    }
}
