package dev.midwrite.controller.survey;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.audit.SessionLocations;
import dev.midwrite.controller.audit.StoreAudit;
import dev.midwrite.controller.identity.Access;
import dev.midwrite.controller.identity.CommandFile;
import dev.midwrite.controller.nodes.Node;
import dev.midwrite.controller.nodes.NodeExit;
import dev.midwrite.controller.nodes.NodeListener;
import dev.midwrite.controller.nodes.NodeProcess;
import dev.midwrite.controller.nodes.NodeSetting;
import dev.midwrite.controller.nodes.Nodes;
import dev.midwrite.controller.plan.NodesSpec;
import dev.midwrite.controller.plan.ProbePlace;
import dev.midwrite.controller.plan.StoreSpec;
import dev.midwrite.controller.serve.Fleet;
import dev.midwrite.controller.serve.FleetNode;
import dev.midwrite.controller.serve.JournalStore;
import dev.midwrite.controller.serve.LinkServer;
import dev.midwrite.controller.store.StoreServer;
import dev.midwrite.event.Token;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Starts a service once, with the agent and a store of our own, looks at it, and stops both.
 *
 * <p>Not thread-safe; looks follow one another.
 */
public final class Survey {
    static final String NODE = "service";

    private static final Duration STOP = Duration.ofSeconds(10);

    private final SurveySetting setting;
    private int looks;

    public Survey(SurveySetting setting) {
        this.setting = setting;
    }

    /**
     * Blocks until all that can be found out is.
     *
     * @param page the only one in whose place the agent is to answer, if somebody named one
     * @throws Problem one sentence: it does not start, or is nothing that the agent can answer for
     */
    public Findings look(ServiceCommand command, Optional<String> page) throws InterruptedException {
        Findings found = look(command, page, new StoreSpec("redis", StoreSpec.EMBEDDED));
        if (found.store().kind() != SessionStore.Kind.JDBC || !command.jar().has("h2")) {
            return found;
        }
        setting.progress().accept("sessions are in a database: once more, on a database of our own");
        try {
            return look(command.onDatabase(), page, new StoreSpec(StoreSpec.JDBC, StoreSpec.EMBEDDED));
        } catch (Problem e) {
            setting.progress()
                    .accept("that failed: " + e.getMessage().lines().findFirst().orElse(""));
            return found;
        }
    }

    private Findings look(ServiceCommand command, Optional<String> page, StoreSpec storeSpec)
            throws InterruptedException {
        Path directory = setting.directory().resolve("look-" + ++looks);
        Token token = Token.random();
        Access access = Access.byToken(token, List.of(), CommandFile.in(directory));
        try (StoreServer store = StoreServer.start(storeSpec, directory, setting.reaper());
                JournalStore journals = new JournalStore(directory.resolve("journals"));
                Fleet fleet = new Fleet(journals);
                LinkServer link = LinkServer.start(fleet, 0, access)) {
            SessionLocations locations = new SessionLocations();
            SeenPoints seen = new SeenPoints();
            journals.listen(locations);
            journals.listen(seen);
            StoreAudit audit = StoreAudit.of(store, fleet.sessionKey());
            audit.begin();
            NodeSetting nodeSetting = new NodeSetting(
                    command.directory(),
                    directory,
                    setting.java(),
                    setting.agentJar(),
                    link.port(),
                    token,
                    store.placeholders(),
                    fleet,
                    setting.reaper());
            try (Nodes nodes = new Nodes(spec(command), nodeSetting, new Silent())) {
                long began = System.nanoTime();
                NodeProcess node = nodes.node(NODE);
                start(nodes, node);
                Duration took = Duration.ofNanos(System.nanoTime() - began);
                setting.progress().accept("looking at " + node.uri());
                StartLog log = StartLog.of(node.log());
                Encounter.Met met = new Encounter(NODE, fleet, locations, audit).meet(node.uri(), page, log.context());
                FleetNode known = fleet.node(NODE).orElseThrow();
                SeenService service = new SeenService(known, command.jar(), seen, locations.all(), met.maps(), store);
                Recognition recognition = new Recognition(service);
                SessionStore found = new StoreRecognition(service).store();
                return new Findings(
                        log.listensBeside(node.uri().getPort()) ? command.withManagementAnywhere() : command,
                        process(known, command.jar(), took),
                        recognition.container(met.server()),
                        recognition.layer(),
                        found,
                        met.page(),
                        met.pages(),
                        met.cookies(),
                        met.idHeader(),
                        Recognition.ttl(met.stored().sessions(), met.idle()),
                        recognition.unseen(found, met.pages()));
            }
        }
    }

    private void start(Nodes nodes, NodeProcess node) throws InterruptedException {
        try {
            nodes.start();
        } catch (Problem e) {
            // The log goes with the look, and there is one node only.
            throw new Problem(
                    e.getMessage()
                            .replace("Node " + NODE + " ended", "The command ended")
                            .replace("Node " + NODE, "The service")
                            .replace("Its log " + node.log() + " ends:", "It printed last:")
                            .replace("its agent has not dialled in", "no JVM with the agent has dialled in"),
                    e);
        }
    }

    private static String process(FleetNode node, ServiceJar jar, Duration took) {
        return "JDK " + node.jdk() + (jar.boot().isEmpty() ? "" : ", Spring Boot " + jar.boot())
                + String.format(Locale.ROOT, ", ready after %.1f s", took.toMillis() / 1e3);
    }

    private NodesSpec spec(ServiceCommand command) {
        return new NodesSpec(
                List.of(NODE),
                command.words(),
                command.wholeEnvironment(),
                NodesSpec.ANY_ANSWER,
                setting.readyTimeout(),
                new ProbePlace(true, "/"),
                STOP,
                Map.of(),
                Map.of(),
                Optional.empty(),
                Optional.empty());
    }

    /** A service that ends during the look does not answer any more, and that is reported. */
    private static final class Silent implements NodeListener {
        @Override
        public void ready(Node node) {}

        @Override
        public void exited(NodeExit exit) {}

        @Override
        public void unseen(String sentence) {}
    }
}
