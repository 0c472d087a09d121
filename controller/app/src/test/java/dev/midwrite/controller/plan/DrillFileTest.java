package dev.midwrite.controller.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.midwrite.check.Profile;
import dev.midwrite.check.Scope;
import dev.midwrite.check.Trial;
import dev.midwrite.check.Verdict;
import dev.midwrite.controller.Problem;
import dev.midwrite.event.Edge;
import dev.midwrite.event.FaultKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DrillFileTest {
    private static final Path FILE = Path.of("d.yaml");

    private static final String WHOLE = """
        version: 1
        name: crash
        description: One node dies.
        seed: 42
        profile: strong
        store: {kind: redis, address: embedded}
        nodes:
          count: 2
          command: "{java} {agent} -jar shop.jar --port={port}"
          environment: {SHOP_NODE: "{node}"}
          ready: /health
          ready-timeout: 30s
          probe: /p
          stop-timeout: 5s
        users:
          sessions: 20
          arrivals: 10/s
          rate: 30/m
          workloads: [register, list]
          routing: round-robin
          timeout: 500ms
          retries: 2
          duration: 10s
          ttl: 30m
          warmup: 1s
        timeline:
          - at: 5s
            node: node-1
            action: start
          - at: 2s
            inject:
              fault: crash
              point: session.save
              edge: after-step
              step: 1
              new: true
              nodes: [node-1]
              sessions: 25%
              at-most: 1
              for: 4s
        settle: 3s
        checks: {idempotency-keys: true, reaper-grace: 5m}
        objectives: {score: 99%, survival: 0.95, failover: 2s, lag: 500ms, success: 90%, correlation: 5%, trials: 60, first-request: 3s}
        expect: {verdict: fail, exit: 1, findings: [IMMORTAL_SESSION], also: [MISSING_FIELDS]}
        """;

    @Test
    void everyKeyReachesTheDrill() {
        Drill drill = DrillFile.parse(FILE, WHOLE);

        assertThat(drill.name()).isEqualTo("crash");
        assertThat(drill.description()).isEqualTo("One node dies.");
        assertThat(drill.seed()).isEqualTo(42);
        assertThat(drill.profile()).isEqualTo(Profile.STRONG);
        assertThat(drill.store()).isEqualTo(new StoreSpec("redis", "embedded"));
        assertThat(drill.nodes())
                .isEqualTo(new NodesSpec(
                        List.of("node-1", "node-2"),
                        List.of("{java}", "{agent}", "-jar", "shop.jar", "--port={port}"),
                        Map.of("SHOP_NODE", "{node}"),
                        "/health",
                        Duration.ofSeconds(30),
                        ProbePlace.mounted("/p"),
                        Duration.ofSeconds(5),
                        Map.of(),
                        Map.of(),
                        Optional.empty(),
                        Optional.empty()));
        assertThat(drill.users())
                .isEqualTo(new UsersSpec(
                        20,
                        10,
                        0.5,
                        List.of("register", "list"),
                        UsersSpec.Routing.ROUND_ROBIN,
                        Duration.ofMillis(500),
                        2,
                        Duration.ofSeconds(10),
                        Duration.ofMinutes(30),
                        true,
                        Duration.ofSeconds(1),
                        false));
        assertThat(drill.settle()).isEqualTo(Duration.ofSeconds(3));
        assertThat(drill.objectives())
                .isEqualTo(new Objectives(
                        Optional.of(0.99),
                        Optional.of(0.95),
                        Optional.of(Duration.ofSeconds(2)),
                        Optional.of(Duration.ofMillis(500)),
                        Optional.of(Duration.ofSeconds(3)),
                        Optional.of(0.9),
                        0.05,
                        60));
        assertThat(drill.checks()).isEqualTo(new ChecksSpec(true, Duration.ofMinutes(5), false));
        assertThat(drill.expect())
                .isEqualTo(new Expectation(
                        Optional.of(Verdict.FAIL), List.of("IMMORTAL_SESSION"), List.of("MISSING_FIELDS")));
    }

    @Test
    void timelineIsInOrderOfTimeAndKeepsItsLines() {
        Drill drill = DrillFile.parse(FILE, WHOLE);

        assertThat(drill.timeline())
                .containsExactly(
                        new Step.Inject(
                                Moment.at(Duration.ofSeconds(2), 30),
                                List.of("node-1"),
                                new InjectionSpec(
                                        1,
                                        FaultKind.CRASH,
                                        "session.save",
                                        Edge.STEP,
                                        1,
                                        "",
                                        true,
                                        false,
                                        0.25,
                                        1,
                                        1,
                                        0,
                                        1,
                                        List.of(),
                                        Duration.ZERO,
                                        0,
                                        0,
                                        ""),
                                Duration.ofSeconds(4)),
                        new Step.Node(Moment.at(Duration.ofSeconds(5), 27), "node-1", Step.Action.START));
    }

    @Test
    void whatIsNotGivenHasAFallback() {
        Drill drill = DrillFile.parse(Path.of("dir/least.yaml"), """
            version: 1
            store: {kind: redis}
            nodes: {command: "{java} {agent} -jar shop.jar"}
            users: {sessions: 1, workloads: [register], duration: 5s}
            timeline:
              - at: 1s
                inject: {fault: tear, point: session.save, command: hmset, bytes: 1 KiB}
            """);

        assertThat(drill.name()).isEqualTo("least");
        assertThat(drill.store().embedded()).isTrue();
        assertThat(drill.nodes().names()).containsExactly("node-1", "node-2");
        assertThat(drill.expect()).isEqualTo(Expectation.NONE);
        assertThat(drill.objectives()).isEqualTo(Objectives.NONE);
        assertThat(drill.checks()).isEqualTo(ChecksSpec.NONE);
        Step.Inject inject = (Step.Inject) drill.timeline().get(0);
        assertThat(inject.nodes()).containsExactly("node-1", "node-2");
        assertThat(inject.lasting()).isEqualTo(Duration.ofSeconds(4));
        assertThat(inject.injection().edge()).isEqualTo(Edge.INSIDE);
        assertThat(inject.injection().command()).isEqualTo("HMSET");
        assertThat(inject.injection().bytes()).isEqualTo(1024);
        assertThat(inject.injection().probability()).isEqualTo(1);
    }

    @Test
    void usersMayComeInParallelAndThroughALogin() {
        UsersSpec users = DrillFile.parse(
                        FILE,
                        WHOLE.replace("  warmup: 1s", "  parallel: 4\n  login: [401, 302 /login]\n  final-reads: 2m"))
                .users();
        assertThat(users.parallel()).isEqualTo(4);
        assertThat(users.login()).containsExactly(new LoginAnswer(401, ""), new LoginAnswer(302, "/login"));
        assertThat(users.finalReads()).isEqualTo(Duration.ofMinutes(2));
        UsersSpec plain = DrillFile.parse(FILE, WHOLE).users();
        assertThat(plain.parallel()).isEqualTo(1);
        assertThat(plain.login()).isEmpty();
        assertThat(plain.finalReads()).isEqualTo(Duration.ofMillis(30_200));
    }

    @Test
    void theLoadMayBeSomebodyElses() {
        UsersSpec users = foreign("command: k6 run load.js, routing: round-robin, login: [401]");
        assertThat(users.foreign()).contains(new ForeignSpec(List.of("k6", "run", "load.js"), 0, List.of()));
        assertThat(users.workloads()).isEmpty();
        assertThat(users.routing()).isEqualTo(UsersSpec.Routing.ROUND_ROBIN);
        assertThat(users.login()).containsExactly(new LoginAnswer(401, ""));
        assertThat(users.timeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(foreign("port: 8080, cookies: [SID]").foreign())
                .contains(new ForeignSpec(List.of(), 8080, List.of("SID")));
    }

    @Test
    void whatIsOfOurUsersIsRefusedOfOthers() {
        assertThatThrownBy(() -> foreign("sessions: 3"))
                .isInstanceOf(InvalidDrill.class)
                .hasMessageContaining(
                        "'sessions' is for users of ours; with 'kind: foreign' the load is somebody else's");
        assertThatThrownBy(() -> foreign("command: []"))
                .isInstanceOf(InvalidDrill.class)
                .hasMessageContaining("'command' must name a program");
        assertThatThrownBy(() -> foreign("port: 70000"))
                .isInstanceOf(InvalidDrill.class)
                .hasMessageContaining("'port' must be a whole number from 1 to 65535, not '70000'");
    }

    private static UsersSpec foreign(String keys) {
        return DrillFile.parse(FILE, """
                version: 1
                store: {kind: redis}
                nodes: {command: "{java} {agent} -jar shop.jar"}
                users: {kind: foreign, duration: 5s, %s}
                """.formatted(keys)).users();
    }

    /** A line of {@link #WHOLE}, what an author wrote instead, and what they are told. */
    @ParameterizedTest(name = "{1}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        seed: 42            | sed: 42                  | d.yaml:4:1: unknown key 'sed' in the drill; did you mean 'seed'?
        seed: 42            | seed: many               | d.yaml:4:7: 'seed' must be a whole number, not 'many'
        seed: 42            | name: again              | d.yaml:4:1: 'name' stands twice in the drill
        version: 1          | version: 2               | d.yaml:1:10: 'version' must be a whole number from 1 to 1, not '2'
        ready: /health      | ready: [health]          | d.yaml:11:10: 'ready' must be a text
        profile: strong     | profile: strict          | d.yaml:5:10: unknown profile 'strict'; one of eventual, session, strong
        settle: 3s          | settle: 3                | d.yaml:41:9: 'settle' must be a duration with its unit, such as 250ms, 2s or 30m, not '3'
        settle: 3s          | settle: [3s]             | d.yaml:41:9: 'settle' must be a duration with its unit, such as 250ms, 2s or 30m
        settle: 3s          | settle:                  | d.yaml:41:8: 'settle' must be a duration with its unit, such as 250ms, 2s or 30m
        kind: redis         | kind: mongo              | d.yaml:6:15: unknown kind 'mongo'; one of files, grid, jdbc, memcached, none, redis
        address: embedded   | address: somewhere       | d.yaml:6:31: 'address' must be embedded or host:port, not 'somewhere'
        kind: redis         | kind: jdbc, replicas: 1  | d.yaml:6:31: 'replicas' is for a store of kind redis
        kind: redis         | kind: redis, sentinels: 3 | d.yaml:6:33: 'sentinels' need 'replicas', one of which they put in the primary's place
        kind: redis         | kind: redis, down-after: 2s | d.yaml:6:34: 'down-after' is for 'sentinels'
        kind: redis         | kind: redis, audit: none, namespace: a | d.yaml:6:46: 'namespace' says where sessions are looked for, and 'audit: none' that none are
        kind: redis         | kind: redis, servers: 2  | d.yaml:6:31: 'servers' is for a store of kind memcached
        kind: redis         | kind: memcached, servers: 9 | d.yaml:6:35: 'servers' must be a whole number from 1 to 8, not '9'
        kind: redis         | kind: memcached, password: x | d.yaml:6:36: 'password' is nothing that memcached has
        kind: redis, address: embedded | kind: memcached, address: h | d.yaml:6:35: 'address' of a store of kind memcached must be embedded, host:port, or several of them with commas, not 'h'
        kind: redis, address: embedded | kind: grid, database: 1 | d.yaml:6:31: with 'kind: grid' the agents look into the nodes, and only a 'namespace' can be said
        kind: redis, address: embedded | kind: grid, namespace: "a:{id}" | d.yaml:6:32: 'namespace' of a store of kind grid must be the name of a map, such as sessions, not 'a:{id}'
        kind: redis         | kind: files, namespace: x | d.yaml:6:33: 'namespace' is nothing that a store of kind files has
        kind: redis, address: embedded | kind: files, address: here | d.yaml:6:31: 'address' of a store of kind files must be embedded or a directory's whole path, not 'here'
        --port={port}       | -d={store.directory}   | d.yaml:9:12: {store.directory} is for a store of kind files: this one has {store.host} and {store.port}
        --port={port}       | -p={store.2.port}        | d.yaml:9:12: {store.2.port} needs a store of kind memcached with so many 'servers'
        --port={port}       | -p={store.servers}       | d.yaml:9:12: {store.servers} needs a store of kind memcached
        kind: redis         | kind: jdbc, namespace: a;b | d.yaml:6:32: 'namespace' of a store of kind jdbc must be the table of sessions, such as SPRING_SESSION, not 'a;b'
        kind: redis, address: embedded | kind: jdbc, address: h:1 | d.yaml:6:30: 'address' of a store of kind jdbc must be embedded or a URL such as jdbc:postgresql://127.0.0.1:5432/shop, not 'h:1'
        kind: redis, address: embedded | kind: jdbc, address: "jdbc:x:y?password=z" | d.yaml:6:30: a password belongs to the key 'password', where it is hidden, not into 'address'
        --port={port}       | -p={store.replica.port}  | d.yaml:9:12: {store.replica.port} needs the key 'replicas' in store
        --port={port}       | -p={store.url}           | d.yaml:9:12: {store.url} is for a store of kind jdbc: this one has {store.host} and {store.port}
        address: embedded   | database: -1             | d.yaml:6:32: 'database' must be a whole number from 0 to 65535, not '-1'
        address: embedded   | namespace: "a{b}"        | d.yaml:6:33: 'namespace' must be Spring Session's, such as shop:session, or a key's whole shape with one {id}, such as sess:{id}, not 'a{b}'
        address: embedded   | user: reader             | d.yaml:6:28: a 'user' needs a 'password'
        address: embedded   | password: "${A B}"       | d.yaml:6:32: 'password' must be ${NAME} for a variable of the environment, or the text itself
        --port={port}       | -p={store.password}      | d.yaml:9:12: {store.password} needs the key 'password' in store
        count: 2            | count: 0                 | d.yaml:8:10: 'count' must be a whole number from 1 to 64, not '0'
        count: 2            | names: [node-1, a b]     | d.yaml:8:10: a node's name is made of letters, digits, - and _, not 'a b'
        --port={port}       | --port={prot}            | d.yaml:9:12: unknown placeholder {prot}; did you mean 'port'?
        {agent}             | -ea                      | d.yaml:9:12: 'command' needs {agent}, the -javaagent argument: without it nothing is injected
        ready: /health      | ready: health            | d.yaml:11:10: 'ready' must be a path that begins with /, not 'health'
        sessions: 20        | sessions: twenty         | d.yaml:16:13: 'sessions' must be a whole number from 1 to 100000, not 'twenty'
        sessions: 20        | retry: 1                 | d.yaml:16:3: unknown key 'retry' in users; one of arrivals, command, cookies, credentials, duration, final-reads, flow, kind, login, logins-alone, parallel, port, rate, retries, routing, session-header, sessions, sockets, through, timeout, tls-terminated, ttl, warmup, workloads
        arrivals: 10/s      | arrivals: 10             | d.yaml:17:13: 'arrivals' must be a rate with its unit, such as 2/s or 30/m, not '10'
        [register, list]    | [register, lists]        | d.yaml:19:25: unknown workload 'lists'; did you mean 'list'?
        [register, list]    | register                 | d.yaml:19:14: 'workloads' must be a list of texts
        round-robin         | random                   | d.yaml:20:12: unknown routing 'random'; one of cross, round-robin, sticky
        warmup: 1s          | port: 8080               | d.yaml:25:9: 'port' is for load of others: say 'kind: foreign', too
        warmup: 1s          | kind: strange            | d.yaml:25:9: unknown kind 'strange'; one of foreign, own
        warmup: 1s          | parallel: 0              | d.yaml:25:13: 'parallel' must be a whole number from 1 to 32, not '0'
        warmup: 1s          | session-header: "X A"    | d.yaml:25:19: 'session-header' takes the name of a header such as X-Auth-Token, not 'X A'
        warmup: 1s          | final-reads: 5           | d.yaml:25:16: 'final-reads' must be a duration with its unit, such as 250ms, 2s or 30m, not '5'
        warmup: 1s          | login: [302]             | d.yaml:25:10: 'login' takes statuses such as 401, and redirects with where they lead, such as "302 /login", not '302'
        warmup: 1s          | login: 401               | d.yaml:25:10: 'login' must be a list of texts
        - at: 2s            | - at: 11s                | d.yaml:30:9: this is after the end of the users' duration of 10s
        node: node-1        | node: node-3             | d.yaml:28:11: unknown node 'node-3'; did you mean 'node-1'?
        nodes: [node-1]     | nodes: [nodeone]         | d.yaml:37:15: unknown node 'nodeone'; one of node-1, node-2
        action: start       | action: reboot           | d.yaml:29:13: unknown action 'reboot'; one of kill, restart, start, stop
        fault: crash        | fault: crush             | d.yaml:32:14: unknown fault 'crush'; did you mean 'crash'?
        point: session.save | point: session.svae      | d.yaml:33:14: unknown point 'session.svae'; did you mean 'session.save'?
        point: session.save | point: request           | d.yaml:33:14: crash at request is impossible: this operation has no steps; those with steps are session operations
        edge: after-step    | edge: middle             | d.yaml:34:13: unknown edge 'middle'; one of after, after-step, before, inside
        edge: after-step    | edge: inside             | d.yaml:33:14: crash at session.save is impossible: inside a command its bytes can only be cut or changed: faults tear and corrupt
        step: 1             | step: 0                  | d.yaml:35:13: 'step' must be a whole number from 1 to 10000, not '0'
        step: 1             | dirty: true              | d.yaml:34:13: after which step? Give 'step', 'command' or both
        new: true           | new: 1                   | d.yaml:36:12: 'new' must be true or false, not '1'
        sessions: 25%       | sessions: 125%           | d.yaml:38:17: 'sessions' must be a share, such as 0.02 or 2%, not '125%'
        at-most: 1          | rate: 5 B/s              | d.yaml:39:13: 'rate' is for fault throttle
        at-most: 1          | delay: 5ms               | d.yaml:39:14: 'delay' is for fault delay
        for: 4s             | for: 9s                  | d.yaml:40:12: this is longer than the 8s that users still run
        checks: {idempotency-keys: true, reaper-grace: 5m} | checks: [list] | d.yaml:42:9: checks must be a block of keys (external-store, idempotency-keys, reaper-grace)
        success: 90%        | trails: 5                | d.yaml:43:68: unknown key 'trails' in objectives; did you mean 'trials'?
        score: 99%          | score: 100%              | d.yaml:43:21: 'score' must be below 100%: no number of trials proves a certainty
        success: 90%        | success: 1               | d.yaml:43:77: 'success' must be below 100%: no number of trials proves a certainty
        trials: 60          | trials: 0                | d.yaml:43:107: 'trials' must be a whole number from 1 to 10000, not '0'
        trials: 60          | trials: many             | d.yaml:43:107: 'trials' must be a whole number from 1 to 10000, not 'many'
        correlation: 5%     | correlation: 2           | d.yaml:43:95: 'correlation' must be a share, such as 0.02 or 2%, not '2'
        lag: 500ms          | lag: 500                 | d.yaml:43:61: 'lag' must be a duration with its unit, such as 250ms, 2s or 30m, not '500'
        reaper-grace: 5m    | reaper-grace: 5          | d.yaml:42:48: 'reaper-grace' must be a duration with its unit, such as 250ms, 2s or 30m, not '5'
        idempotency-keys: true | idempotency-keys: yes | d.yaml:42:28: 'idempotency-keys' must be true or false, not 'yes'
        reaper-grace: 5m    | only: list               | d.yaml:42:34: unknown key 'only' in checks; one of external-store, idempotency-keys, reaper-grace
        exit: 1             | exit: 2                  | d.yaml:44:31: verdict fail has exit code 1, not 2
        IMMORTAL_SESSION    | IMMORTAL                 | d.yaml:44:45: unknown finding 'IMMORTAL'
        """)
    void oneSentenceSaysWhatIsWrongAndWhere(String line, String instead, String message) {
        assertThat(WHOLE).contains(line);

        InvalidDrill invalid = refused(WHOLE.replace(line, instead));

        assertThat(invalid.problems()).hasSize(1);
        assertThat(invalid.problems().get(0)).startsWith(message);
        assertThat(invalid.problems().get(0)).doesNotContain("\n");
    }

    /** Faults that mean nothing at a point, and why. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        fault: drop, point: session.read             | drop at session.read is impossible: its caller needs an answer, and there is none without doing it
        fault: drop, point: session.save, edge: after | drop at session.save is impossible: what has happened cannot be dropped, so 'edge' must be before
        fault: drop, point: request                  | drop at request is impossible: nobody can acknowledge it in its place
        fault: error, point: store.bytes             | error at store.bytes is impossible: an exception in the encoder breaks the connection for all sessions
        fault: tear, bytes: 9 B, point: session.set | tear at session.set is impossible: it sends no command of its own that could be cut
        fault: tear, point: session.save           | fault tear needs either 'bytes' or 'share': how much of the command leaves
        fault: crash, point: session.save          | a crash needs 'edge': before, after-step or after
        fault: delay, point: session.save          | inject needs 'delay'
        fault: lag, point: session.save            | inject needs 'lag'
        fault: lag, lag: 2s, point: session.read   | lag at session.read is impossible: its caller needs an answer, and there is none without doing it
        fault: delay, delay: 1s, lag: 2s, point: session.save | 'lag' is for fault lag
        fault: duplicate, point: session.save      | duplicate at session.save is impossible: what a session object has saved once it does not save again
        fault: reorder, point: session.save, edge: after | reorder at session.save is impossible: what has happened cannot be held, so 'edge' must be before
        fault: partition, point: session.save      | partition at session.save is impossible: there is no other node at its end; that is at replica.send and replica.apply
        fault: partition, peers: [node-7]          | unknown peer 'node-7': neither a node with an address in 'nodes.peers' nor host:port
        fault: drop, point: session.save, peers: ["a:1"] | 'peers' is for replica.send and replica.apply: session.save has no other node
        fault: lag, lag: 1s, point: shutdown.hook  | lag at shutdown.hook is impossible: nobody can acknowledge it in its place
        fault: drop, point: session.save, name: x  | 'name' is of a phase or a hook, at shutdown.phase or shutdown.hook; a command is named by 'command'
        fault: drop, point: session.save, step: 2  | 'step' is for the edges after-step and inside
        fault: drop, point: session.delete, new: true | 'new' is for session.save
        fault: pressure                            | inject needs 'share'
        fault: pressure, share: 99%                | 'share' of pressure is 95% at most: the JVM needs the rest to collect garbage
        fault: pressure, share: 90%, sessions: 10% | 'sessions' chooses among operations, and pressure befalls the whole node
        fault: pressure, share: 90%, point: session.save | pressure at session.save is impossible: it befalls the node and no operation; that is at node
        fault: pressure, share: 90%, edge: after   | pressure at node is impossible: it is no operation that could end, so 'edge' must be before
        fault: drop, point: node                   | drop at node is impossible: no operation passes there; what can happen to a node is pressure
        fault: drop, point: session.clock          | drop at session.clock is impossible: no operation passes there; what can happen to a clock is clock
        fault: stale, point: session.save          | stale at session.save is impossible: it reads nothing for which an older copy could stand
        fault: stale, point: session.read          | after which step? Give 'step', 'command' or both
        fault: stale, point: session.read, edge: before | stale at session.read is impossible: it is the reply of a command that is exchanged, so 'edge' must be after-step
        fault: stale, point: store.command, edge: before | stale at store.command is impossible: it is the command's reply that is exchanged, so 'edge' must be after
        fault: clock                               | inject needs 'offset'
        fault: clock, offset: 0s                   | 'offset' must be a millisecond at least, and 3650 days at most
        fault: clock, offset: later                | 'offset' must be a duration with its unit, such as 1h, or -1h for behind, not 'later'
        fault: clock, offset: 1h, every: 2         | 'every' chooses among operations, and clock befalls the whole node
        fault: clock, offset: 1h, dirty: true      | 'dirty' chooses among operations, and clock befalls the whole node
        fault: clock, offset: 1h, point: node      | clock at node is impossible: it befalls the node and no operation; that is at session.clock
        fault: drop, point: session.save, offset: 1h | 'offset' is for fault clock
        fault: drop, point: session.save, share: 5% | 'share' is for faults tear and pressure
        """)
    void impossibleFaultIsRefusedWithTheReason(String inject, String reason) {
        InvalidDrill invalid = refused(least("timeline: [{at: 1s, inject: {" + inject + "}}]"));

        assertThat(invalid.problems()).singleElement().asString().endsWith(": " + reason);
    }

    @Test
    void pressureIsOnTheNode() {
        Drill drill = DrillFile.parse(FILE, least("timeline: [{at: 1s, inject: {fault: pressure, share: 90%}}]"));
        InjectionSpec pressure = ((Step.Inject) drill.timeline().get(0)).injection();
        assertThat(pressure.point()).isEqualTo("node");
        assertThat(pressure.edge()).isEqualTo(Edge.BEFORE);
        assertThat(pressure.share()).isEqualTo(0.9);
    }

    @Test
    void aClockGoesAheadOrBehind() {
        for (String offset : List.of("1h", "+1h", "-1h")) {
            Drill drill = DrillFile.parse(
                    FILE, least("timeline: [{at: 1s, inject: {fault: clock, offset: " + offset + "}}]"));
            InjectionSpec clock = ((Step.Inject) drill.timeline().get(0)).injection();
            assertThat(clock.point()).isEqualTo("session.clock");
            assertThat(clock.delay()).isEqualTo(Duration.ofHours(offset.startsWith("-") ? -1 : 1));
        }
    }

    @Test
    void aPartitionIsBetweenNodesByTheirAddresses() {
        String drill = least(
                        "timeline: [{at: 1s, inject: {fault: partition, nodes: [node-1], peers: [node-2, \"b:7\"]}}]")
                .replace("nodes: {", "nodes: {peers: {node-2: \"127.0.0.1:4002\"}, ");

        assertThat(DrillFile.parse(FILE, drill).timeline())
                .singleElement()
                .isInstanceOfSatisfying(Step.Inject.class, step -> {
                    assertThat(step.injection().point()).isEqualTo("replica");
                    assertThat(step.injection().peers()).containsExactly("127.0.0.1:4002", "b:7");
                });
        assertThat(refused(drill.replace("peers: {node-2:", "peers: {node-3:")).problems())
                .anySatisfy(problem ->
                        assertThat(problem).endsWith("'peers' names an unknown node 'node-3'; did you mean 'node-1'?"));
    }

    @Test
    void sessionsOfOneNodeNeedUsersWhoStayThere() {
        String sticky = least("scope: node");

        assertThat(DrillFile.parse(FILE, sticky).scope()).isEqualTo(Scope.NODE);
        assertThat(DrillFile.parse(FILE, least("")).scope()).isEqualTo(Scope.CLUSTER);
        assertThat(refused(sticky.replace("duration: 5s", "duration: 5s, routing: round-robin"))
                        .problems())
                .containsExactly("d.yaml:5:8: with 'scope: node' a session can be read on its own node alone, so"
                        + " 'routing' must be sticky, not round-robin");
        assertThat(refused(least("scope: nodes")).problems())
                .containsExactly("d.yaml:5:8: unknown scope 'nodes'; did you mean 'node'?");
    }

    @Test
    void aStoreIsSaidAsExactlyAsItMustBe() {
        String drill = least("")
                .replace(
                        "kind: redis",
                        "kind: redis, address: \"a:1\", namespace: shop, database: 3, user: \"${WHO}\", password:"
                                + " secret");

        assertThat(DrillFile.parse(FILE, drill).store())
                .isEqualTo(new StoreSpec(
                        "redis",
                        "a:1",
                        Optional.of("shop"),
                        OptionalInt.of(3),
                        Optional.of(new Secret("${WHO}")),
                        Optional.of(new Secret("secret"))));
        assertThat(DrillFile.parse(FILE, drill).toString()).doesNotContain("secret");
        assertThat(DrillFile.parse(FILE, drill).users().ttlNamed()).isFalse();
    }

    @Test
    void memcachedHasServersOfItsOwnOrOfSomebodys() {
        String drill = least("timeline: [{at: 1s, store: restart}]")
                .replace("kind: redis", "kind: memcached, servers: 2")
                .replace("shop.jar", "shop.jar {store.2.host}:{store.2.port} {store.servers}");

        assertThat(DrillFile.parse(FILE, drill).store().own().servers()).isEqualTo(2);
        assertThat(refused(drill.replace("store: restart", "store: evict")).problems())
                .containsExactly(
                        "d.yaml:5:28: a store of kind memcached can only be told to flush, kill, restart, start,"
                                + " stop");
        assertThat(refused(drill.replace("{store.2.host}", "{store.99999999999.host}"))
                        .problems())
                .singleElement()
                .asString()
                .endsWith("{store.99999999999.host} needs a store of kind memcached with so many 'servers'");
        assertThat(DrillFile.parse(FILE, least("").replace("kind: redis", "kind: memcached, address: \"a:1,b:2,c:3\""))
                        .store()
                        .own()
                        .servers())
                .isEqualTo(3);
    }

    @Test
    void aGridIsWhereTheNodesAre() {
        String drill = least("")
                .replace("kind: redis", "kind: grid, namespace: sessions")
                .replace("shop.jar", "shop.jar {store.host}:{store.port}");
        StoreSpec grid = DrillFile.parse(FILE, drill).store();
        assertThat(grid.grid()).isTrue();
        assertThat(grid.embedded()).isFalse();
        assertThat(grid.namespace()).contains("sessions");
        assertThat(refused(least("timeline: [{at: 1s, store: flush}]").replace("kind: redis", "kind: grid"))
                        .problems())
                .singleElement()
                .asString()
                .endsWith("a grid is where the nodes are: break those");
    }

    @Test
    void aBundlesDrillKeepsNoSecret(@TempDir Path directory) throws IOException {
        String drill = "# ünïcödé 😀\n"
                + least("").replace("kind: redis", "kind: redis, user: \"${WHO}\", password: 's3cret'");
        Path file = Files.writeString(directory.resolve("d.yaml"), drill);

        String kept = DrillFile.readForBundle(file);

        assertThat(kept).isEqualTo(drill.replace("'s3cret'", "\"(hidden)\""));
        assertThat(DrillFile.parse(FILE, kept).store().password()).isPresent();
    }

    @Test
    void aBundlesDrillKeepsNoSecretInABlock(@TempDir Path directory) throws IOException {
        String drill = "store:\n  kind: redis\n  password: |\n    s3cret\nnodes: {command: [x]}\n";
        Path file = Files.writeString(directory.resolve("d.yaml"), drill);

        assertThat(DrillFile.readForBundle(file))
                .isEqualTo("store:\n  kind: redis\n  password: \"(hidden)\"\nnodes: {command: [x]}\n");
    }

    @Test
    void aSecretMayBeAVariableOfTheEnvironment() {
        assertThat(new Secret("${WHO}").reveal(Map.of("WHO", "me")::get)).isEqualTo("me");
        assertThat(new Secret("$WHO").reveal(Map.of("WHO", "me")::get)).isEqualTo("$WHO");
        assertThat(new Secret("plain")).hasToString("(hidden)");
        assertThatThrownBy(() -> new Secret("${WHO}").reveal(name -> null))
                .isInstanceOf(Problem.class)
                .hasMessage("The drill's store needs the environment variable WHO, which is not set.");
    }

    @Test
    void sessionsMayHaveNoEndOfTheirOwn() {
        Drill drill = DrillFile.parse(FILE, least("").replace("duration: 5s", "duration: 5s, ttl: never"));

        assertThat(drill.users().ttl()).isEqualTo(UsersSpec.NEVER);
        assertThat(drill.users().ttl().toNanos()).isEqualTo(Trial.NEVER);
    }

    @Test
    void usersMayGoThroughNginx() {
        String users = "users: {sessions: 1, workloads: [list], duration: 4s, through: nginx";
        assertThat(DrillFile.parse(FILE, proxied(users + ", routing: sticky}", ""))
                        .users()
                        .through())
                .isEqualTo(UsersSpec.Through.NGINX);

        assertProblem(proxied(users + ", routing: cross}", ""), "nginx routes 'sticky' or 'round-robin', not 'cross'");
        assertProblem(
                proxied("users: {sessions: 1, workloads: [list], duration: 4s, through: envoy}", ""),
                "unknown through 'envoy'");
        assertProblem(
                proxied(users + "}", "external: [{name: a, url: \"http://127.0.0.1:1\"}]"),
                "'through' puts a proxy before nodes that the runner starts");
    }

    private static String proxied(String users, String elsewhere) {
        return "version: 1\nstore: {kind: redis" + (elsewhere.isEmpty() ? "" : ", address: \"127.0.0.1:1\"")
                + "}\nnodes: {" + (elsewhere.isEmpty() ? "command: \"{java} {agent}\"" : elsewhere) + "}\n" + users
                + "\n";
    }

    private static void assertProblem(String text, String problem) {
        assertThatThrownBy(() -> DrillFile.parse(FILE, text))
                .isInstanceOf(InvalidDrill.class)
                .hasMessageContaining(problem);
    }

    @Test
    void aStepMayWait() {
        Drill drill = DrillFile.parse(FILE, least("""
            timeline:
              - {at: 2s, when: all-up, within: 1s, node: node-1, action: kill}
              - {when: {node-1: down, node-2: up}, optional: true, node: node-1, action: start}
            """));

        assertThat(drill.timeline())
                .extracting(Step::moment)
                .containsExactly(
                        new Moment(
                                Duration.ofSeconds(2),
                                Optional.of(new Condition.AllUp()),
                                Duration.ofSeconds(1),
                                false,
                                6),
                        new Moment(
                                Duration.ofSeconds(2),
                                Optional.of(new Condition.States(
                                        "node-1 is down and node-2 is up", Map.of("node-1", false, "node-2", true))),
                                Duration.ofSeconds(3),
                                true,
                                7));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        when: all-down            | 'when' must be all-up or a node and its state, such as {node-1: down}
        when: {node-3: up}        | unknown key 'node-3' in when; did you mean 'node-1'?
        when: {node-1: gone}      | unknown node-1 'gone'; one of down, up
        at: 1s, within: 1s        | 'within' is for a step with 'when'
        at: 1s, optional: true    | 'optional' is for a step with 'when'
        at: 1s, when: all-up, within: 5s | this is longer than the 4s that users still run
        within: 1s                | a step of the timeline needs 'at'
        """)
    void aWaitThatCannotBeIsRefused(String when, String reason) {
        InvalidDrill invalid = refused(least("timeline: [{" + when + ", node: node-1, action: kill}]"));

        assertThat(invalid.problems()).anyMatch(problem -> problem.endsWith(": " + reason));
    }

    @Test
    void theStoreMayBeBrokenToo() {
        Drill drill = DrillFile.parse(
                FILE,
                least("""
                    timeline:
                      - {at: 1s, store: restart}
                      - {at: 2s, store: evict, share: 25%, for: 1s}
                      - {at: 3s, store: lag}
                    """)
                        .replace(
                                "{kind: redis}",
                                "{kind: redis, replicas: 1, config: {appendonly: yes, maxmemory: 4mb}}"));

        assertThat(drill.store().own().config()).isEqualTo(Map.of("appendonly", "yes", "maxmemory", "4mb"));
        assertThat(drill.store().own().replicas()).isEqualTo(1);
        assertThat(drill.timeline())
                .containsExactly(
                        new Step.Store(
                                Moment.at(Duration.ofSeconds(1), 6), StoreAction.RESTART, Duration.ofSeconds(4), 0.5),
                        new Step.Store(
                                Moment.at(Duration.ofSeconds(2), 7), StoreAction.EVICT, Duration.ofSeconds(1), 0.25),
                        new Step.Store(
                                Moment.at(Duration.ofSeconds(3), 8), StoreAction.LAG, Duration.ofSeconds(2), 0.5));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {kind: redis}                    | store: reboot              | unknown store 'reboot'; one of evict, failover, fill, flush, isolate, kill, lag, pause, restart, start, stop
        {kind: redis, address: "a:1"}    | store: kill                | only a store of the drill's own, with 'address: embedded', can be broken
        {kind: redis}                    | store: failover            | failover needs 'replicas' in the block 'store'
        {kind: redis, replicas: 1}       | store: isolate             | isolate needs 'sentinels' in the block 'store'
        {kind: redis}                    | store: pause               | pause needs 'for'
        {kind: redis}                    | store: flush, for: 1s      | 'for' is for evict, fill, isolate, lag and pause: flush does not last
        {kind: redis}                    | store: fill, share: 5%     | 'share' is for evict
        {kind: redis}                    | store: fill, for: 9s       | this is longer than the 4s that users still run
        {kind: redis}                    | store: fill, action: kill  | 'action' is for a step with 'node'
        {kind: redis}                    | store: fill, node: node-1  | a step of the timeline has one of 'inject', 'node', 'store' and 'rollout'
        {kind: redis, address: "a:1", replicas: 1} | node: node-1, action: kill | 'replicas' is for a store of the drill's own, with 'address: embedded'
        {kind: redis, config: {port: 1}} | store: kill                | 'port' of a store of the drill's own cannot be chosen
        """)
    void aStoreThatCannotBeBrokenSoIsRefused(String store, String step, String reason) {
        InvalidDrill invalid =
                refused(least("timeline: [{at: 1s, " + step + "}]").replace("{kind: redis}", store));

        assertThat(invalid.problems()).anyMatch(problem -> problem.endsWith(": " + reason));
    }

    @Test
    void namesWithADollarBelongToTheNode() {
        String text = least("")
                .replace(
                        "-jar shop.jar\"",
                        "-Dx=${user.home} -jar shop.jar\", environment: {HOME_OF: \"${user.home}/${store.password}\","
                                + " J: \"{}\"}");

        assertThat(DrillFile.parse(FILE, text).nodes().environment())
                .containsOnly(Map.entry("HOME_OF", "${user.home}/${store.password}"), Map.entry("J", "{}"));
        assertThat(refused(text.replace("${user.home}/", "{user.home}/")).problems())
                .singleElement()
                .asString()
                .contains("unknown placeholder {user.home}");
    }

    @Test
    void severalProblemsAreToldInTheOrderOfTheFile() {
        InvalidDrill invalid = refused(WHOLE.replace("seed: 42", "seed: x")
                .replace("settle: 3s", "settle: soon")
                .replace("routing: round-robin", "rooting: sticky"));

        assertThat(invalid.problems())
                .extracting(problem -> problem.replaceFirst("d.yaml:(\\d+):.*", "$1"))
                .containsExactly("4", "20", "41");
    }

    @Test
    void aPointOfOneLibraryIsLeftToTheNodes() {
        Drill drill = DrillFile.parse(
                FILE, least("timeline: [{at: 1s, inject: {fault: drop, point: spring.SessionRepository.save}}]"));

        assertThat(((Step.Inject) drill.timeline().get(0)).injection().point())
                .isEqualTo("spring.SessionRepository.save");
    }

    @Test
    void whatIsNoDrillAtAllIsSaidInOneSentence() {
        assertThat(refused("").problems()).containsExactly("d.yaml:1:1: the file is empty");
        assertThat(refused("# nothing\n").problems()).containsExactly("d.yaml:1:1: the file is empty");
        assertThat(refused("just words").problems())
                .singleElement()
                .asString()
                .startsWith("d.yaml:1:1: the drill must be a block of keys (");
        assertThat(refused("version: 1\n\tname: x\n").problems())
                .singleElement()
                .asString()
                .startsWith("d.yaml:2:1: this is not YAML: ")
                .doesNotContain("\n");
        assertThat(refused("version: [1").problems()).singleElement().asString().contains(": this is not YAML: ");
        assertThat(refused("version: 1\u0000").problems())
                .singleElement()
                .asString()
                .contains("this is not YAML");
        assertThat(refused("*alias").problems()).singleElement().asString().contains("this is not YAML");
        assertThat(refused("&a {version: *a}").problems()).isNotEmpty();
        assertThat(refused("? [a]\n: 1").problems()).isNotEmpty();
    }

    @Test
    void whatCannotBeReadIsSaidInOneSentence(@TempDir Path directory) throws IOException {
        Path missing = directory.resolve("no.yaml");
        assertThatThrownBy(() -> DrillFile.read(missing))
                .isInstanceOf(InvalidDrill.class)
                .hasMessage(missing + ": there is no such file");
        assertThatThrownBy(() -> DrillFile.read(directory)).isInstanceOf(InvalidDrill.class);
        Path binary = Files.write(directory.resolve("binary.yaml"), new byte[] {(byte) 0xC3, 0x28, 0x00});
        assertThatThrownBy(() -> DrillFile.read(binary))
                .isInstanceOf(InvalidDrill.class)
                .hasMessage(binary + ": this is not text in UTF-8");
    }

    private static String least(String more) {
        return """
            version: 1
            store: {kind: redis}
            nodes: {command: "{java} {agent} -jar shop.jar"}
            users: {sessions: 1, workloads: [register], duration: 5s}
            """ + more;
    }

    private static InvalidDrill refused(String text) {
        InvalidDrill invalid = catchThrowableOfType(InvalidDrill.class, () -> DrillFile.parse(FILE, text));
        assertThat(invalid).as("accepted: %s", text).isNotNull();
        return invalid;
    }
}
