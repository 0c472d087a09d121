package dev.midwrite.controller.attach;

import dev.midwrite.controller.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** Looks for what would stand in an agent's way, before it is sent. */
public final class Doctor {
    private static final int OLDEST_JDK = 17;
    /** From here on a JVM warns when an agent is attached. */
    private static final int WARNING_JDK = 21;

    private static final String ATTACH = "jdk.attach";

    private final AgentRequest request;

    /** @param request what would be sent */
    public Doctor(AgentRequest request) {
        this.request = request;
    }

    /** What this machine has against it, whatever the process. */
    public List<Obstacle> machine() {
        List<Obstacle> found = new ArrayList<>();
        if (ModuleLayer.boot().findModule(ATTACH).isEmpty()) {
            found.add(Obstacle.blocking(
                    "The Java in " + System.getProperty("java.home") + " has no module " + ATTACH + ".",
                    "Run midwrite with a whole JDK (JAVA_HOME)."));
        }
        if (!Files.isRegularFile(request.jar())) {
            found.add(Obstacle.blocking(
                    "The agent jar " + request.jar() + " is not there.", "Build it, or name one with --agent."));
        }
        return found;
    }

    /** The machine, and where the journal would lie by default or by request. */
    public List<Obstacle> everywhere() {
        List<Obstacle> found = new ArrayList<>(machine());
        found.addAll(room(Path.of(System.getProperty("java.io.tmpdir"))));
        return found;
    }

    /** JVMs that could be attached to; none if this Java cannot attach at all. */
    public List<String> candidates() {
        return ModuleLayer.boot().findModule(ATTACH).isEmpty() ? List.of() : TargetJvm.all();
    }

    /**
     * What stands in the way of an agent in this process. It is attached to if that is possible at all, and nothing is
     * loaded into it.
     *
     * @throws Problem if there is no such process, or it ends meanwhile
     */
    public List<Obstacle> process(long pid) {
        ProcessFacts facts = ProcessFacts.of(pid);
        List<Obstacle> found = new ArrayList<>(machine());
        found.addAll(facts.obstacles(request.jar()));
        if (found.stream().noneMatch(Obstacle::isBlocking)) {
            try (TargetJvm jvm = TargetJvm.attach(pid)) {
                found.addAll(inside(pid, jvm));
            }
        }
        return found;
    }

    /** As {@link #process}, of a JVM that is attached to already. */
    List<Obstacle> inside(long pid, TargetJvm jvm) {
        Properties system = jvm.system();
        Properties agents = jvm.agents();
        List<Obstacle> found = new ArrayList<>();
        found.addAll(virtualMachine(pid, system));
        found.addAll(options(
                pid,
                feature(system),
                List.of((agents.getProperty("sun.jvm.flags", "") + " " + agents.getProperty("sun.jvm.args", ""))
                        .trim()
                        .split("\\s+"))));
        AgentWord word = AgentWord.of(agents);
        if (word.isHere()) {
            found.add(Obstacle.blocking(
                    "An agent is in process " + pid + " already: " + word.agent() + ".",
                    "'midwrite detach " + pid + "' makes it leave."));
        }
        if (system.getProperty("jdk.module.main", "").matches("(jdk|java)\\..*")) {
            found.add(Obstacle.blocking(
                    "Process " + pid + " is a tool of the JDK (" + system.getProperty("jdk.module.main")
                            + "), which the agent leaves alone.",
                    "Attach to the service."));
        }
        if ("false".equals(system.getProperty("midwrite.enabled"))) {
            found.add(Obstacle.blocking(
                    "Process " + pid + " has the agent switched off: midwrite.enabled is false there.",
                    "Start it without that property."));
        }
        found.addAll(room(Path.of(system.getProperty("java.io.tmpdir", "/tmp"))));
        return found;
    }

    static List<Obstacle> virtualMachine(long pid, Properties system) {
        List<Obstacle> found = new ArrayList<>();
        if (feature(system) < OLDEST_JDK) {
            found.add(Obstacle.blocking(
                    "Process " + pid + " runs on Java " + system.getProperty("java.version") + "; the agent needs "
                            + OLDEST_JDK + " or later.",
                    "Start it on a later one."));
        }
        String name = system.getProperty("java.vm.name", "");
        if (name.contains("OpenJ9")) {
            found.add(Obstacle.blocking(
                    "Process " + pid + " runs on " + name + "; the agent is made for HotSpot.",
                    "Start it on a JDK with HotSpot."));
        }
        Path home = Path.of(system.getProperty("java.home", ""));
        String library = System.mapLibraryName("instrument");
        if (Files.isDirectory(home)
                && !Files.exists(home.resolve("lib").resolve(library))
                && !Files.exists(home.resolve("bin").resolve(library))) {
            found.add(Obstacle.blocking(
                    "The Java of process " + pid + ", in " + home + ", has no module java.instrument.",
                    "Link it in (jlink --add-modules java.instrument)."));
        }
        return found;
    }

    /** @param options of the JVM in the order in which it took them */
    static List<Obstacle> options(long pid, int feature, List<String> options) {
        if (ProcessFacts.isOff(options, "EnableDynamicAgentLoading")) {
            return List.of(Obstacle.blocking(
                    "Process " + pid + " loads no agent while it runs: -XX:-EnableDynamicAgentLoading.",
                    "Start it with -javaagent, or without that option."));
        }
        if (feature >= WARNING_JDK && !ProcessFacts.isOn(options, "EnableDynamicAgentLoading")) {
            return List.of(Obstacle.note(
                    "Process " + pid + " runs on Java " + feature
                            + ", which prints a warning to its standard error when an agent is attached.",
                    "Start it with -XX:+EnableDynamicAgentLoading if that is in the way."));
        }
        return List.of();
    }

    private List<Obstacle> room(Path temporary) {
        try {
            return JournalRoom.look(request.journal(temporary), request.journalMebibytes());
        } catch (IOException e) {
            throw new Problem("The journal's disk cannot be looked at: " + e.getMessage() + ".", e);
        }
    }

    private static int feature(Properties system) {
        String version = system.getProperty("java.specification.version", "0");
        return Integer.parseInt(version.startsWith("1.") ? version.substring(2) : version);
    }
}
