package dev.midwrite.controller.users;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.history.HistoryWriter;
import dev.midwrite.controller.history.LatencyFacts;
import dev.midwrite.controller.history.LoadFacts;
import dev.midwrite.controller.plan.FlowSpec;
import dev.midwrite.controller.plan.UsersSpec;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * All users of a drill, in this JVM. Open loop: every request has a planned time, and a slow answer delays no plan; what
 * could not be sent in time is sent as soon as the session's request before has ended. Thread-safe.
 *
 * <p>The order of calls: {@link #start}, {@link #stopNew}, {@link #quiesce}, {@link #finalReads}, {@link #close}.
 */
public final class UserPopulation implements AutoCloseable {
    /** Of each node that is up when users start. */
    private static final int PROBES = 20;

    private static final double PROBE_RATE = 5;
    /** A failover probe has one request under way, and may keep connections to every node. */
    private static final int PROBE_CONNECTIONS = 64;

    private static final int MOST_THREADS = 4;

    private final UserSetting setting;
    private final Router router;
    private final UserClock clock;
    private final RequestListener listener;
    private final Turns turns;
    private final Journey journey;
    private final int nodes;
    private final Pace pace;
    private final Pace probePace;
    private final FinalReader finalReader;
    private final Principals principals;

    private final AtomicInteger processes = new AtomicInteger();
    private final AtomicInteger numbers = new AtomicInteger();
    private final List<User> users = new CopyOnWriteArrayList<>();
    private final List<User> probes = new CopyOnWriteArrayList<>();
    private final LongAdder[] outcomes = IntStream.range(0, Outcome.values().length)
            .mapToObj(i -> new LongAdder())
            .toArray(LongAdder[]::new);
    private volatile boolean noNew;

    private UserPopulation(
            UserSetting setting, Router router, UserClock clock, HistoryWriter history, RequestListener listener) {
        this.setting = setting;
        this.router = router;
        this.clock = clock;
        this.listener = listener;
        this.turns = new Turns(
                setting.users().workloads().stream().map(Workload::named).toList(),
                OwnCall.turns(setting.users().flow()));
        this.journey = Journey.of(setting.users().flow());
        this.principals = new Principals(turns.workloads());
        this.nodes = router.names().size() - 1;
        int probeConnections = PROBE_CONNECTIONS * nodes;
        int threads = Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
        this.pace = new Pace(
                "midwrite-users",
                setting,
                router,
                clock,
                history,
                this::heard,
                Connections.affordable(probeConnections),
                threads);
        this.probePace = new Pace("midwrite-probes", setting, router, clock, history, this::heard, probeConnections, 1);
        this.finalReader = new FinalReader(router, clock, setting, pace.requester(), turns, processes);
    }

    /**
     * Users start now and go on until {@link #quiesce}. At least one node should be up.
     *
     * @param history takes every attempt; stays open
     * @param listener hears of every attempt
     */
    public static UserPopulation start(
            UserSetting setting, Router router, UserClock clock, HistoryWriter history, RequestListener listener) {
        UserPopulation population = new UserPopulation(setting, router, clock, history, listener);
        population.begin();
        return population;
    }

    private void begin() {
        long now = clock.now();
        int sessions = setting.users().sessions();
        // Spread over the warm-up: nodes that have just started cannot take all logins at once.
        long ramp = Math.max(
                period(setting.users().rate()), setting.users().warmup().toNanos());
        for (int i = 0; i < sessions; i++) {
            newUser(now + ramp / sessions * i);
        }
        long probePeriod = period(PROBE_RATE);
        List<Integer> homes = homes();
        int all = PROBES * homes.size();
        for (int i = 0; i < all; i++) {
            User probe = new User(
                    // They ask for what is there, and do nothing beside.
                    plan(
                            Turns.NONE,
                            journey.arrival(),
                            1,
                            false,
                            homes.get(i % homes.size()),
                            new Principals(List.of())),
                    probePace.requester(),
                    processes);
            probes.add(probe);
            probePace.follow(probe.actors().get(0), now + probePeriod / all * i, probePeriod);
        }
        if (setting.users().arrivals() > 0) {
            planArrival(now + period(setting.users().arrivals()));
        }
    }

    /** How many there may be in the end, failover probes among them. */
    public static long most(UsersSpec users, int nodes) {
        double arriving = users.arrivals() * users.duration().toNanos() / TimeUnit.SECONDS.toNanos(1);
        return users.sessions() + (long) Math.ceil(arriving) + (long) PROBES * nodes;
    }

    /** Numbers of the nodes on which probes are to sit: not of those that only a rollout starts. Behind a balancer nobody chooses. */
    private List<Integer> homes() {
        List<Integer> up = router.targets().stream()
                .map(Router.Target::number)
                .filter(number -> number > 0)
                .toList();
        return up.isEmpty() ? IntStream.rangeClosed(1, nodes).boxed().toList() : up;
    }

    /** All tabs send at the same time, so that their requests meet; the rate is that of the session. */
    private void newUser(long planned) {
        int tabs = setting.users().parallel();
        User user = new User(
                plan(turns, journey, tabs, setting.users().loginsAlone(), 0, principals), pace.requester(), processes);
        users.add(user);
        long period = period(setting.users().rate() / tabs);
        user.actors().forEach(tab -> pace.follow(tab, planned, period));
    }

    private User.Plan plan(Turns of, Journey way, int tabs, boolean loginsAlone, int home, Principals named) {
        int number = numbers.incrementAndGet();
        boolean logsInAnew = !of.isEmpty() && !setting.oneSessionEach();
        return new User.Plan(
                number, setting.seed(), of, way, known(number), tabs, loginsAlone, logsInAnew, home, named);
    }

    /** What the user's requests know from the beginning. */
    private Map<String, String> known(int number) {
        Map<String, String> known = new HashMap<>(setting.credentials().of(number));
        known.put("user", Integer.toString(number));
        return known;
    }

    private void planArrival(long planned) {
        pace.at(planned, () -> {
            if (!noNew) {
                newUser(planned);
                planArrival(planned + period(setting.users().arrivals()));
            }
        });
    }

    private void heard(OperationKind kind, Outcome outcome, int node, int status, long nanos) {
        outcomes[outcome.code()].increment();
        listener.request(kind, outcome, node, status, nanos);
    }

    /** No new users arrive from now on; those that are here go on. */
    public void stopNew() {
        noNew = true;
    }

    /**
     * No request is sent from now on; waits until those under way have ended.
     *
     * @return the moment on the users' clock at which none was under way
     * @throws Problem if some have not ended in time, or users could not go on before
     */
    public long quiesce(Duration timeout) throws InterruptedException {
        noNew = true;
        pace.stop();
        probePace.stop();
        long deadline = clock.now() + timeout.toNanos();
        if (!pace.quiet(timeout) || !probePace.quiet(Duration.ofNanos(Math.max(0, deadline - clock.now())))) {
            throw new Problem(
                    "Some users' requests have not ended " + timeout.toMillis() + " ms after the last was sent.");
        }
        checkHealth();
        return clock.now();
    }

    /** Reads every session on every node that runs; an unanswered read is tried again until the time is over. */
    public FinalReads finalReads(Duration timeout) throws InterruptedException {
        List<UserSession> sessions = Stream.concat(users.stream(), probes.stream())
                .flatMap(user -> user.sessions().stream())
                .toList();
        FinalReads reads = finalReader.read(sessions, timeout);
        checkHealth();
        return reads;
    }

    /**
     * Users leave as the flow says; what is under way when the time is over is given up.
     *
     * <p>After the final reads: a logout ends what is to be read.
     */
    public void leave(Duration timeout) throws InterruptedException {
        CompletableFuture<?>[] leaving = users.stream().map(User::leave).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(leaving).get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new Problem("Some users have not left " + timeout.toMillis() + " ms after they began to.", e);
        } catch (ExecutionException e) {
            throw new Problem("The users could not leave: " + e.getCause().getMessage() + ".", e.getCause());
        }
    }

    private void checkHealth() {
        Stream.of(pace, probePace)
                .map(Pace::failure)
                .filter(Objects::nonNull)
                .findFirst()
                .ifPresent(broken -> {
                    throw new Problem("The users could not go on: " + broken.getMessage() + ".", broken);
                });
    }

    /** Session labels of the failover probes: they only ask whether the session is alive, five times a second. */
    public List<Long> probeSessions() {
        return probes.stream().map(User::firstLabel).toList();
    }

    /** Sessions of users who work in them, whatever became of them, in the order of the users' coming. */
    public List<SessionHandle> handles() {
        return users.stream()
                .flatMap(user -> user.sessions().stream())
                .<SessionHandle>map(session -> new RoutedSession(session, router))
                .toList();
    }

    /** How well users kept to their plan, and how long their requests took, so far. */
    public LoadFacts load() {
        Latency latency = pace.requester().latency();
        return LoadFacts.of(pace.facts(), probePace.facts(), latency.answered(), latency.neverEnded());
    }

    /** How long users' requests took, over time, so far. */
    public LatencyFacts latency() {
        return pace.requester().latency().overTime();
    }

    /** Names of attributes by the numbers that operations carry. */
    public static List<String> attributes(FlowSpec flow) {
        return Stream.concat(Attribute.titles().stream(), flow.titles().stream())
                .toList();
    }

    /** For progress: users so far, and attempts by outcome. */
    public Progress progress() {
        return new Progress(
                users.size() + (long) probes.size(),
                outcomes[Outcome.OK.code()].sum(),
                outcomes[Outcome.FAIL.code()].sum(),
                outcomes[Outcome.INFO.code()].sum());
    }

    /** How far users are. */
    public record Progress(long users, long ok, long fail, long info) {}

    /** Stops at once whatever still runs. Idempotent. */
    @Override
    public void close() {
        pace.close();
        probePace.close();
    }

    private static long period(double perSecond) {
        return Math.round(TimeUnit.SECONDS.toNanos(1) / perSecond);
    }
}
