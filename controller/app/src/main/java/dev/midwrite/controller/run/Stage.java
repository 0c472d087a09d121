package dev.midwrite.controller.run;

import dev.midwrite.check.StoreContents;
import dev.midwrite.controller.nodes.NodeGroup;
import java.util.function.Supplier;

/**
 * What takes part in a run, beside its users.
 *
 * @param requests hears of all that users try
 */
record Stage(
        NodeGroup nodes,
        NodeWatch watch,
        Injector injector,
        Supplier<StoreContents> audit,
        StoreActions store,
        StoreWatch storeWatch,
        RolloutControl rollouts,
        RequestTally requests) {}
