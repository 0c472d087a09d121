package dev.midwrite.controller.run;

import dev.midwrite.controller.plan.InjectionSpec;
import dev.midwrite.event.FaultKind;
import dev.midwrite.link.v1.Edge;
import dev.midwrite.link.v1.Injection;
import dev.midwrite.link.v1.Sessions;
import dev.midwrite.link.v1.Trigger;
import java.time.Duration;

/** What a drill says of an injection, as agents are told. */
public final class InjectionMessage {

    private InjectionMessage() {}

    /**
     * The same specification and seed always give the same message, so that decisions replay.
     *
     * @param lasting after this time on its own clock the agent ends the injection by itself
     */
    public static Injection of(InjectionSpec spec, long seed, Duration lasting) {
        return Injection.newBuilder()
                .setId(spec.id())
                .setFault(spec.fault().label())
                .setPoint(spec.point())
                .setEdge(edge(spec.edge()))
                .setStep(spec.step())
                .setCommand(spec.command())
                .setOnlyNew(spec.onlyNew())
                .setOnlyDirty(spec.onlyDirty())
                // On the link 0 means all and always; a drill's 1 means the same.
                .setSessions(Sessions.newBuilder().setShare(spec.sessionShare() == 1 ? 0 : spec.sessionShare()))
                .setTrigger(Trigger.newBuilder()
                        .setProbability(spec.probability() == 1 ? 0 : spec.probability())
                        .setEvery(spec.every() == 1 ? 0 : spec.every())
                        .setAfter(spec.after())
                        .setAtMost(spec.atMost()))
                .setAmount(spec.fault().isTimed() ? spec.delay().toNanos() : spec.bytes())
                .setOffsetMillis(spec.fault() == FaultKind.CLOCK ? spec.delay().toMillis() : 0)
                .setShare(spec.share())
                .setError(spec.error())
                .addAllPeers(spec.peers())
                .setSeed(seed)
                .setTtlMillis(Math.max(1, lasting.toMillis()))
                .build();
    }

    private static Edge edge(dev.midwrite.event.Edge edge) {
        return switch (edge) {
            case NONE -> Edge.EDGE_UNSPECIFIED;
            case BEFORE -> Edge.BEFORE;
            case STEP -> Edge.STEP;
            case INSIDE -> Edge.INSIDE;
            case AFTER -> Edge.AFTER;
        };
    }
}
