package dev.midwrite.controller.run;

import dev.midwrite.controller.Problem;
import dev.midwrite.link.v1.Applied;
import dev.midwrite.link.v1.Armed;
import dev.midwrite.link.v1.Injection;
import dev.midwrite.link.v1.Lifted;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Agents that answer at once, and remember what they were told. */
final class PlayedFleet implements FaultLink {
    final List<String> calls = new ArrayList<>();
    final Map<String, String> refusals = new HashMap<>();
    final Map<String, Applied> counts = new HashMap<>();
    final List<String> silent = new ArrayList<>();
    List<String> points = List.of("spring.SessionRepository.save");
    private final RunClock clock;

    PlayedFleet(RunClock clock) {
        this.clock = clock;
    }

    @Override
    public CompletableFuture<Armed> arm(String node, Injection injection, boolean dryRun) {
        calls.add(clock.now() + (dryRun ? " ask " : " arm ") + injection.getId() + " on " + node);
        return answer(
                node,
                Armed.newBuilder()
                        .addAllPoints(points)
                        .setRefusal(refusals.getOrDefault(node, ""))
                        .build());
    }

    @Override
    public CompletableFuture<Lifted> lift(String node, int injection) {
        calls.add(clock.now() + " lift " + injection + " on " + node);
        return answer(
                node,
                Lifted.newBuilder()
                        .setCounts(counts.getOrDefault(node, Applied.getDefaultInstance()))
                        .build());
    }

    private <T> CompletableFuture<T> answer(String node, T answer) {
        return silent.contains(node)
                ? CompletableFuture.failedFuture(new Problem("Node " + node + " does not answer."))
                : CompletableFuture.completedFuture(answer);
    }
}
