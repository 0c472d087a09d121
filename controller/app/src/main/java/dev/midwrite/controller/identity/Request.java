package dev.midwrite.controller.identity;

import dev.midwrite.link.v1.EventsRequest;
import dev.midwrite.link.v1.InjectRequest;
import dev.midwrite.link.v1.Injection;
import dev.midwrite.link.v1.LiftRequest;
import dev.midwrite.link.v1.ListNodesRequest;
import dev.midwrite.link.v1.RolloutRequest;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a command asks for.
 *
 * @param needed which role it takes
 * @param what for the log: no label of a session, and nothing that is long
 */
record Request(Role needed, Map<String, Object> what) {
    private static final int LONGEST = 200;

    static Request of(Object message) {
        if (message instanceof ListNodesRequest) {
            return new Request(Role.WATCH, Map.of());
        }
        if (message instanceof EventsRequest events) {
            return new Request(Role.WATCH, Map.of("node", brief(events.getNode())));
        }
        if (message instanceof LiftRequest lift) {
            return new Request(
                    Role.INJECT,
                    lift.getAll()
                            ? Map.of("node", brief(lift.getNode()), "all", true)
                            : Map.of("node", brief(lift.getNode()), "injection", lift.getInjection()));
        }
        if (message instanceof InjectRequest inject) {
            return of(inject);
        }
        if (message instanceof RolloutRequest rollout) {
            // It stops and starts nodes.
            return new Request(Role.CRASH, Map.of("wish", rollout.getWish().name()));
        }
        return new Request(Role.CRASH, Map.of()); // Of a later version: only who may do all may do that.
    }

    private static Request of(InjectRequest inject) {
        Injection injection = inject.getInjection();
        Map<String, Object> what = new LinkedHashMap<>();
        what.put("node", brief(inject.getNode()));
        what.put("injection", injection.getId());
        what.put("fault", brief(injection.getFault()));
        what.put("point", brief(injection.getPoint()));
        what.put("millis", injection.getTtlMillis());
        what.put("dryRun", inject.getDryRun());
        return new Request(inject.getDryRun() ? Role.INJECT : Role.toInject(injection.getFault()), what);
    }

    private static String brief(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
