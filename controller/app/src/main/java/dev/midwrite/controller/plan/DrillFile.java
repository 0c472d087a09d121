package dev.midwrite.controller.plan;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Profile;
import dev.midwrite.check.Scope;
import dev.midwrite.check.Verdict;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** Reads drill files. */
public final class DrillFile {
    static final int VERSION = 1;
    static final Set<String> KEYS = Set.of(
            "version",
            "name",
            "description",
            "seed",
            "profile",
            "scope",
            "store",
            "nodes",
            "users",
            "timeline",
            "settle",
            "checks",
            "objectives",
            "expect",
            "traces");
    static final Set<String> EXPECT_KEYS = Set.of("verdict", "exit", "findings", "also");

    static final Map<String, Profile> PROFILES = labels(Profile.values());
    static final Map<String, Scope> SCOPES = labels(Scope.values());
    static final Map<String, Verdict> VERDICTS = labels(Verdict.values());
    private static final Set<String> FINDINGS =
            Arrays.stream(Anomaly.values()).map(Enum::name).collect(Collectors.toUnmodifiableSet());

    private DrillFile() {}

    /** @throws InvalidDrill if the file cannot be read, or what it says cannot be run */
    public static Drill read(Path file) {
        try {
            return parse(file, Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new InvalidDrill(List.of(file + ": there is no such file"));
        } catch (CharacterCodingException e) {
            throw new InvalidDrill(List.of(file + ": this is not text in UTF-8"));
        } catch (IOException e) {
            throw new InvalidDrill(List.of(file + ": cannot be read (" + e.getMessage() + ")"));
        }
    }

    /**
     * A drill that does not lie in a file as it is.
     *
     * @param file for messages and as the place of the drill
     * @throws InvalidDrill if what it says cannot be run
     */
    public static Drill parse(Path file, String text) {
        Complaints complaints = new Complaints(file.toString());
        Node root = compose(text, complaints);
        complaints.raise();
        Drill drill = drill(file, text, new Section("", root, KEYS, complaints));
        complaints.raise();
        return drill;
    }

    /**
     * A drill's text for a bundle, which people hand on: what {@code store} keeps secret is hidden, unless it is the name of
     * a variable.
     *
     * @throws InvalidDrill if the file cannot be read
     */
    public static String readForBundle(Path file) {
        try {
            return forBundle(file, Files.readString(file));
        } catch (IOException e) {
            throw new InvalidDrill(List.of(file + ": cannot be read (" + e.getMessage() + ")"));
        }
    }

    /** The same of a drill that was read already. */
    public static String forBundle(Path file, String text) {
        Complaints complaints = new Complaints(file.toString());
        Node root = compose(text, complaints);
        complaints.raise();
        return StoreReader.withoutSecrets(text, root);
    }

    private static Node compose(String text, Complaints complaints) {
        Node root = null;
        try {
            root = new Yaml(new LoaderOptions()).compose(new StringReader(text));
        } catch (MarkedYAMLException e) {
            complaints.at(e.getProblemMark(), "this is not YAML: " + e.getProblem());
            return null;
        } catch (YAMLException e) {
            complaints.at(
                    1,
                    1,
                    "this is not YAML: " + e.getMessage().lines().findFirst().orElse(""));
            return null;
        }
        if (root == null) {
            complaints.at(1, 1, "the file is empty");
        }
        return root;
    }

    private static Drill drill(Path file, String text, Section top) {
        top.need("version", "store", "nodes", "users");
        top.whole("version", VERSION, VERSION, VERSION);
        StoreSpec store = top.has("store") ? StoreReader.read(top.section("store", StoreReader.KEYS)) : null;
        NodesSpec nodes = top.has("nodes") ? nodes(top, file, store) : null;
        UsersSpec users = top.has("users") ? UsersReader.read(top.section("users", UsersReader.KEYS)) : null;
        List<Step> timeline = TimelineReader.read(top, store, nodes, users);
        if (nodes != null
                && users != null
                && nodes.probe().carried()
                && users.workloads().contains("dispatch")) {
            top.complain(
                    "users", "workload 'dispatch' needs a mounted probe: an agent answers where no request goes on");
        }
        if (nodes != null && users != null && users.foreign().isEmpty()) {
            agree(top, nodes, users);
        }
        if (nodes != null && store != null) {
            agree(top, nodes, store);
        }
        if (nodes != null && nodes.balancer().isPresent() && users != null) {
            balanced(top, users);
        }
        if (nodes != null
                && users != null
                && nodes.external().isPresent()
                && users.through() != UsersSpec.Through.NOTHING) {
            top.complain(
                    "users",
                    "'through' puts a proxy before nodes that the runner starts; before those that run elsewhere there"
                            + " is one of yours");
        }
        Scope scope = top.choice("scope", SCOPES, Scope.CLUSTER);
        if (scope == Scope.NODE && users != null && users.routing() != UsersSpec.Routing.STICKY) {
            top.complain(
                    "scope",
                    "with 'scope: node' a session can be read on its own node alone, so 'routing' must be sticky, not "
                            + label(users.routing()));
        }
        return new Drill(
                file,
                new Secret(text),
                top.text("name", nameOf(file)),
                top.text("description", "").strip(),
                top.whole("seed", 1, Long.MIN_VALUE, Long.MAX_VALUE),
                top.choice("profile", PROFILES, Profile.SESSION),
                scope,
                store,
                nodes,
                users,
                timeline,
                top.duration("settle", Duration.ofSeconds(2)),
                top.has("checks")
                        ? ObjectivesReader.checks(top.section("checks", ObjectivesReader.CHECKS_KEYS))
                        : ChecksSpec.NONE,
                top.has("objectives")
                        ? ObjectivesReader.read(top.section("objectives", ObjectivesReader.KEYS))
                        : Objectives.NONE,
                top.has("expect") ? expect(top.section("expect", EXPECT_KEYS)) : Expectation.NONE,
                top.has("traces") ? TracesReader.read(top.section("traces", TracesReader.KEYS)) : TracesSpec.NONE);
    }

    /** Whoever asks must find something that answers. */
    private static void agree(Section top, NodesSpec nodes, UsersSpec users) {
        if (nodes.probe().none()) {
            if (!users.workloads().isEmpty()) {
                top.complain(
                        "users",
                        "'workloads' are the probe's, and the nodes have none; with 'probe: none' name workloads of"
                                + " the application's own in 'flow'");
            }
            if (users.flow().alive().isEmpty()) {
                top.complain(
                        "users",
                        "with 'probe: none' the flow must say 'alive', a page that shows whether the session is there,"
                                + " or have 'workloads'");
            }
        } else if (users.workloads().isEmpty() && users.flow() != FlowSpec.NONE) {
            top.complain("users", "users needs 'workloads'; without a probe say 'probe: none' in nodes");
        }
    }

    /** Nodes that run elsewhere have a store already. */
    private static void agree(Section top, NodesSpec nodes, StoreSpec store) {
        if (nodes.external().isPresent() && store.embedded()) {
            top.complain(
                    "store",
                    "nodes that run elsewhere do not use a store of the drill's own: name the 'address' of theirs, or"
                            + " 'kind: none' if nobody is to look there");
        }
        if (nodes.external().isEmpty() && store.none()) {
            top.complain("store", "'kind: none' is for nodes that run elsewhere, in 'nodes.external'");
        }
    }

    private static void balanced(Section top, UsersSpec users) {
        if (users.foreign().isPresent()) {
            top.complain(
                    "users",
                    "'kind: foreign' puts a front of ours before the nodes, and 'nodes.balancer' is one of yours: name"
                            + " either");
        } else if (top.quietly().section("users", UsersReader.KEYS).has("routing")) {
            top.complain("users", "'routing' is the balancer's, as 'nodes.balancer' names one");
        }
    }

    private static NodesSpec nodes(Section top, Path file, StoreSpec store) {
        Section section = top.section("nodes", NodesReader.KEYS);
        NodesSpec nodes = NodesReader.read(section, file, TimelineReader.injects(top));
        if (store != null) {
            StorePlaceholders.check(section, nodes, store);
        }
        return nodes;
    }

    private static Expectation expect(Section section) {
        section.need("verdict");
        Verdict verdict = section.choice("verdict", VERDICTS, null);
        long exit = section.whole("exit", verdict == null ? 0 : verdict.exitCode(), 0, 5);
        if (verdict != null && exit != verdict.exitCode()) {
            section.complain(
                    "exit", "verdict " + label(verdict) + " has exit code " + verdict.exitCode() + ", not " + exit);
        }
        return new Expectation(
                Optional.ofNullable(verdict),
                section.names("findings", "finding", FINDINGS),
                section.names("also", "finding", FINDINGS));
    }

    private static String nameOf(Path file) {
        return file.getFileName().toString().replaceFirst("\\.ya?ml$", "");
    }

    static Map<String, String> identity(Set<String> names) {
        return names.stream().collect(Collectors.toUnmodifiableMap(name -> name, name -> name));
    }

    static <E extends Enum<E>> Map<String, E> labels(E[] constants) {
        Map<String, E> labels = new LinkedHashMap<>();
        for (E constant : constants) {
            labels.put(label(constant), constant);
        }
        return labels;
    }

    static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
