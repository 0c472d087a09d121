package dev.midwrite.drills;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every shipped drill says what its author expects; run as a user runs it. */
class ShippedDrillsIT {
    @TempDir
    private Path directory;

    /** Each takes a minute or more, and what it alone runs through is held by unit tests. */
    private static final Set<String> LONG = Set.of(
            "wide.yaml",
            "store-kept.yaml",
            "store-failover.yaml",
            "store-evict.yaml",
            "own-cart.yaml",
            "foreign.yaml",
            "rollout-immediate.yaml",
            "rollout-short-grace.yaml",
            "foreign-windows.yaml",
            "foreign-late-save.yaml",
            "corrupt.yaml",
            "pressure.yaml",
            "clock.yaml",
            "stale.yaml",
            "throttle.yaml",
            "sockets.yaml",
            "sockets-lost.yaml",
            "sockets-broken-off.yaml");

    @ParameterizedTest
    @MethodSource("drills")
    void saysWhatItIsExpectedToSay(ExpectedDrill drill) throws Exception {
        drill.run(CommandLineProcess.jdks().get(0), directory);
    }

    @Tag("long")
    @ParameterizedTest
    @MethodSource("longDrills")
    void saysWhatItIsExpectedToSayAtLength(ExpectedDrill drill) throws Exception {
        drill.run(CommandLineProcess.jdks().get(0), directory);
    }

    /** The other JDK: its warnings and its limits are what differs. */
    @Test
    void runsOnTheOtherJdk() throws Exception {
        List<Path> jdks = CommandLineProcess.jdks();
        System.out.println("ShippedDrillsIT: JDKs " + jdks);
        if (jdks.size() > 1) {
            Path file = CommandLineProcess.root().resolve("examples/shop/drills/crash-mid-save.yaml");
            new ExpectedDrill(file).run(jdks.get(1), directory);
        }
    }

    static List<ExpectedDrill> drills() throws IOException {
        return drills(false);
    }

    static List<ExpectedDrill> longDrills() throws IOException {
        return drills(true);
    }

    private static List<ExpectedDrill> drills(boolean atLength) throws IOException {
        return ExpectedDrill.all(CommandLineProcess.root().resolve("examples/shop/drills")).stream()
                .filter(drill -> LONG.contains(drill.toString()) == atLength)
                .toList();
    }
}
