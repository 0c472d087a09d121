package dev.midwrite.drills;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every shipped drill says what its author expects; run as a user runs it. */
class ShippedDrillsIT {
    private static final String ON_THE_OTHER_JDK = "crash-mid-save.yaml";

    @TempDir
    private Path directory;

    /** For which a short build has no time; what they alone run through is held by unit tests. */
    private static final Set<String> LONG = Set.of(
            "wide.yaml",
            "foreign-loss.yaml",
            "own-cart-loss.yaml",
            "rollout.yaml",
            "rollout-hasty.yaml",
            "foreign-overwrite.yaml",
            "store-failover.yaml",
            "store-evict.yaml",
            "foreign-late-save.yaml",
            "sockets-broken-off.yaml");

    /** The same, and a drill beside it runs through most of it: a long build has no time for them either. */
    private static final Set<String> LONGER = Set.of(
            "store-kept.yaml",
            "torn.yaml",
            "store-restart.yaml",
            "late.yaml",
            "rollout-short-grace.yaml",
            "corrupt.yaml",
            "sockets-lost.yaml",
            "own-cart.yaml",
            "rollout-immediate.yaml",
            "rollout-unclosed.yaml",
            "rollout-surge.yaml",
            "foreign-windows.yaml",
            "pressure.yaml",
            "slow.yaml",
            "stale.yaml",
            "foreign.yaml",
            "crash-before-ack.yaml",
            "clock.yaml",
            "throttle.yaml",
            "sockets.yaml");

    /** For which no build has time. */
    private static final Set<String> BY_HAND = Set.of("fifty-rollouts.yaml");

    /** One of them on the other JDK, if there is one: its warnings and its limits are what differs. */
    @ParameterizedTest
    @MethodSource("drills")
    void saysWhatItIsExpectedToSay(ExpectedDrill drill) throws Exception {
        List<Path> jdks = CommandLineProcess.jdks();
        System.out.println("ShippedDrillsIT: JDKs " + jdks);
        drill.run(jdks.get(drill.toString().equals(ON_THE_OTHER_JDK) ? jdks.size() - 1 : 0), directory);
    }

    @Tag("long")
    @ParameterizedTest
    @MethodSource("longDrills")
    void saysWhatItIsExpectedToSayAtLength(ExpectedDrill drill) throws Exception {
        drill.run(CommandLineProcess.jdks().get(0), directory);
    }

    @Tag("services")
    @ParameterizedTest
    @MethodSource("longerDrills")
    void saysWhatItIsExpectedToSayAtGreatLength(ExpectedDrill drill) throws Exception {
        drill.run(CommandLineProcess.jdks().get(0), directory);
    }

    static List<ExpectedDrill> drills() throws IOException {
        return drills(drill -> !LONG.contains(drill) && !LONGER.contains(drill) && !BY_HAND.contains(drill));
    }

    static List<ExpectedDrill> longDrills() throws IOException {
        return drills(LONG::contains);
    }

    static List<ExpectedDrill> longerDrills() throws IOException {
        return drills(LONGER::contains);
    }

    private static List<ExpectedDrill> drills(Predicate<String> which) throws IOException {
        return ExpectedDrill.all(CommandLineProcess.root().resolve("examples/shop/drills")).stream()
                .filter(drill -> !drill.toString().startsWith(NginxDrillsIT.PREFIX) && which.test(drill.toString()))
                .toList();
    }
}
