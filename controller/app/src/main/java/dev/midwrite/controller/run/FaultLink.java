package dev.midwrite.controller.run;

import dev.midwrite.link.v1.Armed;
import dev.midwrite.link.v1.Injection;
import dev.midwrite.link.v1.Lifted;
import java.util.concurrent.CompletableFuture;

/** How injections reach nodes. Answers fail with a {@link dev.midwrite.controller.Problem} if a node gives none. */
interface FaultLink {
    CompletableFuture<Armed> arm(String node, Injection injection, boolean dryRun);

    CompletableFuture<Lifted> lift(String node, int injection);
}
