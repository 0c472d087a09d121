package dev.midwrite.controller.sockets;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.history.SocketFacts;
import dev.midwrite.controller.plan.SocketSpec;
import dev.midwrite.controller.users.Router.Target;
import dev.midwrite.controller.users.SessionHandle;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * All sockets that users' sessions hold. Everything but the reading of bytes happens on one thread. Thread-safe.
 *
 * <p>The order of calls: {@link #start}, {@link #rest}, {@link #ask}, {@link #facts}, {@link #close}.
 */
public final class Sockets implements AutoCloseable, Conversation.Dialer {
    private static final Duration TICK = Duration.ofMillis(20);
    /** Looking for new sessions costs more than looking after those that are known. */
    private static final int TICKS_BY_SEARCH = 5;

    private final SocketSetting setting;
    private final HttpClient client;
    private final ScheduledThreadPoolExecutor thread;
    private final AtomicReference<RuntimeException> failure = new AtomicReference<>();

    // Of the thread alone.
    private final List<Conversation> conversations = new ArrayList<>();
    private final List<Set<Long>> known = new ArrayList<>();
    private final List<Awaited> awaited = new ArrayList<>();
    private long ticks;
    private boolean noNew;

    private record Awaited(Predicate<Conversation> reached, CompletableFuture<Void> all) {}

    private Sockets(SocketSetting setting) {
        this.setting = setting;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        this.thread = new ScheduledThreadPoolExecutor(1, task -> {
            Thread one = new Thread(task, "midwrite-sockets");
            one.setDaemon(true);
            return one;
        });
        setting.sockets().forEach(socket -> known.add(new HashSet<>()));
    }

    /** Each session that is open gets its sockets from now on. */
    @SuppressWarnings("FutureReturnValueIgnored") // The task keeps its own failure.
    public static Sockets start(SocketSetting setting) {
        Sockets sockets = new Sockets(setting);
        sockets.thread.scheduleWithFixedDelay(sockets::tick, 0, TICK.toNanos(), TimeUnit.NANOSECONDS);
        return sockets;
    }

    private void tick() {
        try {
            if (!noNew && ticks++ % TICKS_BY_SEARCH == 0) {
                search();
            }
            conversations.forEach(Conversation::tick);
            awaited.removeIf(waiting -> {
                boolean there = conversations.stream().allMatch(waiting.reached());
                if (there) {
                    waiting.all().complete(null);
                }
                return there;
            });
        } catch (RuntimeException e) {
            failure.compareAndSet(null, e);
        }
    }

    private void search() {
        List<SessionHandle> sessions = setting.sessions().get();
        for (int i = 0; i < known.size(); i++) {
            int socket = i;
            SocketSpec spec = setting.sockets().get(i);
            long held = conversations.stream()
                    .filter(conversation -> conversation.socket() == socket && !conversation.over())
                    .count();
            for (SessionHandle session : sessions) {
                if (held < spec.sessions() && session.open() && known.get(i).add(session.label())) {
                    conversations.add(new Conversation(session, i, spec, this));
                    held++;
                }
            }
        }
    }

    /**
     * Nothing new is sent from now on; waits until what was sent is confirmed, as long as the drill gives it.
     *
     * @throws Problem if sockets could not go on before
     */
    public void rest() throws InterruptedException {
        each(conversation -> {
            noNew = true;
            conversation.rest();
        });
        await(Conversation::atRest);
    }

    /**
     * Asks each service's end what it has, and waits for the answers as long as the drill gives it.
     *
     * @throws Problem if sockets could not go on before
     */
    public void ask() throws InterruptedException {
        each(Conversation::ask);
        await(Conversation::answered);
    }

    /** What was seen so far. @throws Problem if sockets could not go on before */
    public SocketFacts facts() throws InterruptedException {
        List<SocketFacts.Conversation> all = new ArrayList<>();
        each(conversation -> all.add(conversation.facts()));
        return new SocketFacts(
                SocketFacts.FORMAT,
                setting.sockets().stream().map(Sockets::promise).toList(),
                all);
    }

    private static SocketFacts.Socket promise(SocketSpec spec) {
        return new SocketFacts.Socket(
                spec.path(),
                spec.send().isPresent(),
                spec.send().flatMap(SocketSpec.Send::kept).isPresent(),
                spec.feed().isPresent(),
                spec.send().map(SocketSpec.Send::once).orElse(false),
                spec.kind() == SocketSpec.Kind.EVENTS
                        || !spec.feed().map(SocketSpec.Feed::resume).orElse("").isEmpty(),
                spec.close());
    }

    private void each(Consumer<Conversation> what) throws InterruptedException {
        try {
            thread.submit(() -> conversations.forEach(what)).get();
        } catch (ExecutionException e) {
            throw new Problem("The sockets could not go on: " + e.getCause().getMessage() + ".", e.getCause());
        }
        RuntimeException broken = failure.get();
        if (broken != null) {
            throw new Problem("The sockets could not go on: " + broken.getMessage() + ".", broken);
        }
    }

    /** Whoever is not there when the time is over is left to the checks. */
    private void await(Predicate<Conversation> reached) throws InterruptedException {
        Awaited waiting = new Awaited(reached, new CompletableFuture<>());
        thread.execute(() -> awaited.add(waiting));
        Duration longest = setting.sockets().stream()
                .map(SocketSpec::within)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        try {
            waiting.all().get(longest.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            thread.execute(() -> awaited.remove(waiting));
        } catch (ExecutionException e) {
            throw new IllegalStateException("nobody completes it otherwise", e);
        }
    }

    @Override
    public Wire dial(SessionHandle session, Target to, SocketSpec socket, String query, Wire.Listener listener) {
        URI address = URI.create(to.address() + path(socket.path(), query));
        Map<String, String> headers = new LinkedHashMap<>();
        String cookies = session.cookies(address);
        if (!cookies.isEmpty()) {
            headers.put("Cookie", cookies);
        }
        if (setting.tlsTerminated()) {
            headers.put("X-Forwarded-Proto", "https");
        }
        Wire.Listener here = new OnThread(listener, this::post);
        if (socket.kind() == SocketSpec.Kind.EVENTS) {
            return EventWire.open(client, address, headers, socket.within(), here);
        }
        // Browsers say where their page came from, and servers reject what comes from elsewhere.
        headers.put("Origin", to.address().toString());
        URI upgraded = URI.create(address.toString().replaceFirst("^http", "ws"));
        return socket.stomp()
                .map(stomp -> StompWire.open(
                        stomp,
                        address.getHost(),
                        listener,
                        frames -> WebSocketWire.open(
                                client,
                                upgraded,
                                headers,
                                StompWire.SUBPROTOCOL,
                                socket.within(),
                                new OnThread(frames, this::post))))
                .orElseGet(() -> WebSocketWire.open(client, upgraded, headers, "", socket.within(), here));
    }

    private static String path(String path, String query) {
        return query.startsWith("?") && path.contains("?") ? path + "&" + query.substring(1) : path + query;
    }

    private void post(Runnable task) {
        try {
            thread.execute(() -> {
                try {
                    task.run();
                } catch (RuntimeException e) {
                    failure.compareAndSet(null, e);
                }
            });
        } catch (RejectedExecutionException e) {
            // Closed meanwhile: nobody wants to know.
        }
    }

    @Override
    public void refused(Target node) {
        setting.refused().accept(node);
    }

    @Override
    public long now() {
        return setting.clock().now();
    }

    /** Stops at once whatever still runs. Idempotent. The JDK's client ends its thread when nobody holds it any more. */
    @Override
    public void close() {
        post(() -> conversations.forEach(Conversation::abort));
        thread.shutdown();
        try {
            if (!thread.awaitTermination(1, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
