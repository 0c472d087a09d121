package dev.midwrite.controller.audit;

import dev.midwrite.controller.serve.Fleet;
import dev.midwrite.controller.serve.FleetNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Asks the agents over their links. Thread-safe.
 *
 * @param fleet whose nodes are asked
 */
public record FleetMaps(Fleet fleet) implements NodeMaps {

    @Override
    public List<Answer> look(String map) {
        Map<String, CompletableFuture<Answer>> asked = new TreeMap<>();
        for (FleetNode node : fleet.nodes()) {
            if (node.connected()) {
                asked.put(
                        node.name(),
                        fleet.look(node.name(), map)
                                .handle((kept, failure) -> failure == null
                                        ? new Answer(node.name(), kept, "")
                                        : new Answer(node.name(), List.of(), reason(failure))));
            }
        }
        return asked.values().stream().map(CompletableFuture::join).toList();
    }

    private static String reason(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause.getMessage();
    }
}
