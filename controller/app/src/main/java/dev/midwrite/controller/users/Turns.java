package dev.midwrite.controller.users;

import java.util.List;

/** What a session takes its turns from: workloads of the probe, then workloads of the application's own. */
record Turns(List<Workload> workloads, List<OwnCall.Turn> own) {
    /** A session that is only asked whether it is alive. */
    static final Turns NONE = new Turns(List.of(), List.of());

    boolean isEmpty() {
        return workloads.isEmpty() && own.isEmpty();
    }

    int size() {
        return workloads.size() + own.size();
    }
}
