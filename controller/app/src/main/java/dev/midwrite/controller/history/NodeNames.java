package dev.midwrite.controller.history;

import dev.midwrite.event.UserOperation;
import java.util.List;

/** Names of nodes by the numbers that operations carry. */
public final class NodeNames {
    private NodeNames() {}

    /** Of the node that served the operation; empty if that is not known. */
    public static String of(UserOperation operation, List<String> nodes) {
        return operation.node() > 0 && operation.node() < nodes.size() ? nodes.get(operation.node()) : "";
    }
}
