package dev.midwrite.controller.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.midwrite.controller.identity.TryCertificates;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class MidwriteTest {
    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "init --help",
                "try --help",
                "sweep --help",
                "storm --help",
                "drill --help",
                "drill validate --help",
                "incident --help",
                "incident list --help",
                "incident show --help",
                "incident run --help",
                "compare --help",
                "check --help",
                "controller --help",
                "certs --help",
                "certs init --help",
                "attach --help",
                "detach --help",
                "doctor --help",
                "nodes --help",
                "faults --help",
                "inject --help",
                "lift --help",
                "events --help",
                "watch --help",
                "probe --help",
                "probe check --help",
                "points --help",
                "points add --help",
                "points check --help",
                "help drill",
                "completion --help"
            })
    void helpIsNoError(String words) {
        assertThat(run(words.split(" "))).isZero();
        assertThat(out.toString()).contains("Usage: midwrite");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void aPointIsAddedAndTold() throws IOException {
        Path file = directory.resolve("a.points");
        assertThat(run(
                        "points",
                        "add",
                        file.toString(),
                        "--store",
                        "a",
                        "--kind",
                        "session.save",
                        "--type",
                        "com.example.Sessions",
                        "--method",
                        "put",
                        "--arguments",
                        "2",
                        "--id",
                        "0"))
                .isZero();
        assertThat(out.toString()).isEqualTo("added a.SessionRepository.save (session.save) to " + file + "\n");
        String first = Files.readString(file);
        assertThat(run(
                        "points",
                        "add",
                        file.toString(),
                        "--store",
                        "a",
                        "--kind",
                        "session.save",
                        "--type",
                        "com.example.Sessions",
                        "--method",
                        "put",
                        "--id",
                        "0"))
                .isEqualTo(ExitCode.REFUSED);
        assertThat(err.toString()).contains("'a.session.save.type' stands twice");
        assertThat(file).hasContent(first);
        assertThat(run("points", "check", file.toString())).isZero();
        assertThat(out.toString()).contains("put/2 of com.example.Sessions, id 0");
        Files.writeString(file, "a.session.save.id = x\n");
        assertThat(run("points", "check", file.toString())).isEqualTo(ExitCode.REFUSED);
    }

    @Test
    void initNeverWritesOverAFile() throws IOException {
        Path there = Files.writeString(directory.resolve("there.yaml"), "mine");
        assertThat(run("init", "--command", "java -jar a.jar", "--out", there.toString()))
                .isEqualTo(ExitCode.REFUSED);
        assertThat(err.toString())
                .isEqualTo("midwrite: " + there + " is there already; remove it, or name another file with --out.\n");
        assertThat(there).hasContent("mine");
    }

    @Test
    void initNeedsAPlaceForItsFile() {
        Path nowhere = directory.resolve("nowhere");
        assertThat(run("init", "--command", "java -jar a.jar", "--out", nowhere + "/a.yaml"))
                .isEqualTo(ExitCode.REFUSED);
        assertThat(err.toString()).contains(nowhere + " is no directory that can be written to");
    }

    @Test
    void tryNeedsADrillAndSaysWhereItComesFrom() {
        Path missing = directory.resolve("missing.yaml");
        assertThat(run("try", missing.toString())).isEqualTo(ExitCode.REFUSED);
        assertThat(err.toString())
                .isEqualTo("midwrite: There is no " + missing
                        + "; ./midwrite init --command \"java -jar app.jar\" writes one for your service.\n");
    }

    /** Before anything starts: a sweep that ends late with what could have been known has cost its user minutes. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --operation swap | rename, delete
            --fault delay --inside | --inside cuts a command and lets the node die; it does not go with --fault delay.
            --fault lag      | CRASH, DELAY, ERROR
            --row 0          | --row: rows are counted from 1.
            --resume DIR --out DIR | --resume names the directory; --out does not go with it.
            --resume DIR     | DIR holds no sweep that could go on: it has no directory recording.
            ''               | a.yaml has the load of others.
            """)
    void aSweepThatCannotBeIsRejected(String words, String sentence) throws IOException {
        Path file = directory.resolve("a.yaml");
        Files.writeString(file, """
                version: 1
                store: {kind: redis, address: embedded}
                nodes: {names: [a], command: "{java} {agent} -jar a.jar", probe: none}
                users: {kind: foreign, duration: 5s}
                """);
        List<String> command = new ArrayList<>(List.of("sweep", file.toString()));
        Stream.of(words.replace("DIR", directory.toString()).split(" "))
                .filter(word -> !word.isEmpty())
                .forEach(command::add);

        assertThat(run(command.toArray(String[]::new))).isEqualTo(ExitCode.REFUSED);
        assertThat(err.toString()).containsIgnoringCase(sentence.replace("DIR", directory.toString()));
        assertThat(directory.resolve(".midwrite")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --profile breeze     | there is no profile 'breeze'; there are mixed, rapid, huge, long-lived, churn, pressure, idle
            --storms 0           | --storms must be from 1 to 1000, not 0.
            --seconds 1          | --seconds must be from 2 to 1000, not 1.
            --tries 0            | --tries must be from 1 to 1000, not 0.
            --shrink-minutes -1  | --shrink-minutes must be from 0 to 1000, not -1.
            --save /b.yaml       | --save: /b.yaml must lie beside
            --save FILE          | a.yaml is there already; remove it, or name another file.
            ''                   | a.yaml has the load of others.
            """)
    void aStormThatCannotBeIsRejected(String words, String sentence) throws IOException {
        Path file = directory.resolve("a.yaml");
        Files.writeString(file, """
                version: 1
                store: {kind: redis, address: embedded}
                nodes: {names: [a], command: "{java} {agent} -jar a.jar", probe: none}
                users: %s
                """.formatted(
                        words.isEmpty()
                                ? "{kind: foreign, duration: 5s}"
                                : "{sessions: 1, duration: 5s, flow: {alive: {step: look, get: /}}}"));
        List<String> command = new ArrayList<>(List.of("storm", file.toString()));
        Stream.of(words.replace("FILE", file.toString()).split(" "))
                .filter(word -> !word.isEmpty())
                .forEach(command::add);

        assertThat(run(command.toArray(String[]::new))).as(err.toString()).isEqualTo(ExitCode.REFUSED);
        assertThat(err.toString()).containsIgnoringCase(sentence);
        assertThat(directory.resolve(".midwrite")).doesNotExist();
    }

    @Test
    void incidentsAreListedAndShown() {
        assertThat(run("incident", "list")).isZero();
        assertThat(out.toString()).contains("\nstore-without-persistence  ").doesNotContain("---");
        assertThat(run("incident", "show", "store-without-persistence")).isZero();
        assertThat(out.toString())
                .contains("\n## Runbook\n", "./midwrite incident run store-without-persistence my-drill.yaml");
        assertThat(err.toString()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            incident show flood              | There is no incident 'flood'; ./midwrite incident list names them all.
            incident run flood FILE          | There is no incident 'flood'; ./midwrite incident list names them all.
            incident run store-without-persistence FILE | The incident store-without-persistence needs an embedded Redis
            incident run store-without-persistence      | There is no midwrite.yaml; ./midwrite init --command "java -jar app.jar" writes one for your service.
            incident                         | Say what to do with an incident: list, show or run.
            """)
    void anIncidentThatCannotBeIsRejected(String words, String sentence) throws IOException {
        Path file = directory.resolve("a.yaml");
        Files.writeString(file, """
                version: 1
                store: {kind: jdbc, address: embedded}
                nodes: {names: [a, b], command: "{java} {agent} -jar a.jar"}
                users: {sessions: 1, workloads: [register], duration: 5s}
                """);

        assertThat(run(words.replace("FILE", file.toString()).split(" "))).isEqualTo(ExitCode.REFUSED);
        assertThat(err.toString()).contains(sentence);
        assertThat(directory.resolve(".midwrite")).doesNotExist();
    }

    @Test
    void versionNamesTheProgramAndTheJvm() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString())
                .startsWith("midwrite ")
                .contains(Runtime.version().toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "init",
                "init --command a --page b",
                "init --command a --ready-timeout 0",
                "drill",
                "dril",
                "probe",
                "probe check",
                "probe check nonsense",
                "points",
                "points check no-such.points",
                "points add a.points --store a",
                "points add a.points --store A --kind session.save --type com.example.A --method b --id 0",
                "points add a.points --store a --kind session.set --type com.example.A --method b --id 0",
                "probe check ftp://127.0.0.1/probe",
                "probe check http://127.0.0.1:1/probe?x=1",
                "drill validate",
                "drill --nonsense",
                "faults --agent no-such.jar",
                "controller --port many",
                "lift x",
                "compare",
                "compare a",
                "compare a b --min-score 0",
                "compare a b --min-score 1",
                "compare a b --min-failover -1",
                "compare a b --min-success much"
            })
    void wrongUsageIsRefusedInAFewWords(String words) {
        assertThat(run(words.isEmpty() ? new String[0] : words.split(" "))).isEqualTo(64);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString().lines().toList())
                .hasSize(2)
                .first()
                .asString()
                .startsWith("midwrite: ");
        assertThat(err.toString().lines().toList().get(1))
                .startsWith("Try 'midwrite")
                .endsWith("--help'.");
    }

    @Test
    void completionScriptIsOfBash() throws IOException, InterruptedException {
        assertThat(run("completion")).isZero();
        Path script = Files.writeString(directory.resolve("completion.bash"), out.toString());
        Process bash = new ProcessBuilder("bash", "-n", script.toString())
                .redirectErrorStream(true)
                .start();
        assertThat(new String(bash.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(bash.waitFor()).isZero();
        assertThat(out.toString()).contains("validate");
    }

    @Test
    void validDrillIsSaidToBeOne() throws IOException {
        Path drill = Files.writeString(directory.resolve("d.yaml"), """
                version: 1
                store: {kind: redis}
                nodes: {command: "{java} {agent} -jar shop.jar"}
                users: {sessions: 1, workloads: [register], duration: 5s}
                """);
        assertThat(run("drill", "validate", drill.toString())).isZero();
        assertThat(out.toString()).isEqualToIgnoringNewLines(drill + ": valid, 2 nodes, 1 session, 0 steps");
    }

    @Test
    void invalidDrillIsRefusedWithThePlace() throws IOException {
        Path drill = Files.writeString(directory.resolve("d.yaml"), "version: 1\nname: [x]\n");
        assertThat(run("drill", "validate", drill.toString())).isEqualTo(64);
        assertThat(err.toString().lines()).hasSize(4).allMatch(line -> line.startsWith(drill + ":"));
        assertThat(err.toString()).contains(drill + ":2:7: 'name' must be a text");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-3", "10001", "many"})
    void wrongNumberOfTrialsIsRefused(String trials) throws IOException {
        assertThat(run("drill", "run", drill("a", "session").toString(), "--trials", trials))
                .isEqualTo(64);
        assertThat(err.toString()).startsWith("midwrite: ").contains("--trials").contains(trials);
        assertThat(directory.resolve("run")).doesNotExist();
    }

    @Test
    void drillsThatAreJudgedAsOneMustBeAlike() throws IOException {
        Path a = drill("a", "session");
        assertThat(run("drill", "run", a.toString(), drill("b", "strong").toString()))
                .isEqualTo(64);
        assertThat(err.toString()).contains("need the same profile and objectives");
        assertThat(run("drill", "run", a.toString(), a.toString())).isEqualTo(64);
        assertThat(err.toString()).contains("need different names");
    }

    @Test
    void trialsThatCannotStartLeaveNothing() throws IOException {
        Path out = directory.resolve("out");
        String jar = directory.resolve("no.jar").toString();
        assertThat(run(
                        "drill",
                        "run",
                        drill("a", "session").toString(),
                        "--trials",
                        "2",
                        "--agent",
                        jar,
                        "--out",
                        out.toString()))
                .isEqualTo(64);
        assertThat(err.toString()).contains("no.jar is not there");
        assertThat(out).doesNotExist();
    }

    @Test
    void comparedDirectoriesMustBeRuns() {
        assertThat(run("compare", directory.toString(), directory.toString())).isEqualTo(64);
        assertThat(err.toString()).contains("is no bundle");
    }

    private Path drill(String name, String profile) throws IOException {
        return Files.writeString(directory.resolve(name + ".yaml"), """
                version: 1
                profile: %s
                store: {kind: redis}
                nodes: {command: "{java} {agent} -jar shop.jar"}
                users: {sessions: 1, workloads: [register], duration: 5s}
                """.formatted(profile));
    }

    @Test
    void wrongInjectionIsRefusedBeforeTheControllerIsAsked() {
        assertThat(run("inject", "fault=delay", "point=session.save", "delay=20"))
                .isEqualTo(64);
        assertThat(err.toString())
                .isEqualToIgnoringNewLines(
                        "arguments:3:7: 'delay' must be a duration with its unit, such as 250ms, 2s or 30m, not '20'");
    }

    @Test
    void plainTextStaysOnThisMachine() {
        assertThat(run("nodes", "--controller", "192.0.2.7:7411")).isEqualTo(64);
        assertThat(err.toString())
                .isEqualToIgnoringNewLines("midwrite: Without certificates a command talks to loopback only, not to"
                        + " 192.0.2.7; give --certificate, --key and --ca, or use an ssh tunnel.");
    }

    @Test
    void certificatesComeAllAtOnce() {
        assertThat(run("nodes", "--ca", "ca.pem")).isEqualTo(64);
        assertThat(err.toString()).contains("--certificate, --key and --ca belong together");
    }

    @Test
    void whatAJavaLacksIsOneSentence() {
        assertThat(Midwrite.lack(module -> true)).isEmpty();
        assertThat(Midwrite.lack(module -> !module.equals("jdk.httpserver")))
                .hasValueSatisfying(sentence -> assertThat(sentence)
                        .contains("lacks the module jdk.httpserver,")
                        .endsWith("use a whole JDK or JRE."));
    }

    @Test
    void eachTokenOfARoleIsRead(@TempDir Path directory) throws IOException {
        Path first = directory.resolve("first.token");
        Path second = directory.resolve("second.token");
        // A port that is taken ends it before it listens.
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(run(
                            "controller",
                            "--port",
                            "" + taken.getLocalPort(),
                            "--out",
                            directory.resolve("out").toString(),
                            "--token",
                            "watch=" + first,
                            "--token",
                            "watch=" + second))
                    .isEqualTo(64);
        }
        assertThat(err.toString()).contains("the port is in use");
        assertThat(first).exists();
        assertThat(second).exists();
        assertThat(run("controller", "--token", "look=" + first)).isEqualTo(64);
        assertThat(err.toString()).contains("A role is watch, inject or crash, not 'look'.");
        assertThat(run("controller", "--token", first.toString())).isEqualTo(64);
        assertThat(err.toString()).contains("is not ROLE=FILE, such as watch=screen.token.");
    }

    @Test
    void certificatesAndATokenAreOneTooMany(@TempDir Path directory) throws Exception {
        TryCertificates.make(directory, List.of());
        assertThat(run(
                        "nodes",
                        "--token",
                        "watch.token",
                        "--certificate",
                        directory.resolve("watch.pem").toString(),
                        "--key",
                        directory.resolve("watch.key").toString(),
                        "--ca",
                        directory.resolve("ca.pem").toString()))
                .isEqualTo(64);
        assertThat(err.toString()).contains("leave --token out");
        Files.writeString(directory.resolve("watch.key"), "no key");
        assertThat(run(
                        "nodes",
                        "--certificate",
                        directory.resolve("watch.pem").toString(),
                        "--key",
                        directory.resolve("watch.key").toString(),
                        "--ca",
                        directory.resolve("ca.pem").toString()))
                .isEqualTo(64);
        assertThat(err.toString()).contains("cannot be used").doesNotContain("bug");
    }

    /** It closes what it does not understand, as a controller with certificates does. */
    @Test
    void whoListensAndSpeaksSomethingElseIsNoMissingController() throws Exception {
        Thread closing;
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closing = new Thread(() -> {
                try {
                    while (true) {
                        other.accept().close();
                    }
                } catch (IOException e) {
                    // The test is over.
                }
            });
            closing.start();
            assertThat(run("nodes", "--controller", "127.0.0.1:" + other.getLocalPort()))
                    .isEqualTo(64);
            assertThat(err.toString())
                    .contains("does not speak plain text with commands; if it is a controller with certificates, give"
                            + " --certificate, --key and --ca.");
        }
        closing.join();
    }

    @Test
    void aCommandNeedsAWholeAddress() {
        assertThat(run("nodes", "--controller", "localhost")).isEqualTo(64);
        assertThat(err.toString()).contains("'localhost' is not HOST:PORT, such as 127.0.0.1:7411");
    }

    @Test
    void controllerThatIsNotThereIsNamed() throws IOException {
        int port = closedPort();
        assertThat(run("nodes", "--controller", "127.0.0.1:" + port)).isEqualTo(64);
        assertThat(err.toString())
                .isEqualToIgnoringNewLines("midwrite: no controller answers at 127.0.0.1:" + port
                        + "; start one with 'midwrite controller'.");
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private int run(String... words) {
        CommandLine commandLine =
                Midwrite.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return commandLine.execute(words);
    }

    @Test
    void probeThatIsNotThereIsRejectedAndOneThatIsNoneFails() throws IOException {
        int port;
        try (ServerSocket nobody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = nobody.getLocalPort();
        }
        assertThat(run("probe", "check", "http://127.0.0.1:" + port + "/probe")).isEqualTo(ExitCode.REFUSED);
        assertThat(err.toString()).startsWith("midwrite: Nobody listens at 127.0.0.1:" + port);
        HttpServer page = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        page.start();
        try {
            assertThat(run(
                            "probe",
                            "check",
                            "http://127.0.0.1:" + page.getAddress().getPort() + "/probe/"))
                    .isEqualTo(1);
            assertThat(out.toString())
                    .startsWith("FAIL       without a session, says so and does nothing")
                    .contains("got GET /alive: 404 ")
                    .contains("not tried  counts")
                    .contains("0 of ");
        } finally {
            page.stop(0);
        }
    }
}
