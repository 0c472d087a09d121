package dev.midwrite.controller.sockets;

import dev.midwrite.controller.plan.SocketSpec;
import dev.midwrite.controller.users.Router.Target;
import dev.midwrite.controller.users.SessionHandle;
import dev.midwrite.controller.users.UserClock;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What sockets need to know of a drill.
 *
 * @param sessions of all users so far, in the order of their coming; asked many times a second
 * @param refused hears of a node at which nobody listened
 * @param tlsTerminated users come over https, and a proxy speaks http to the nodes
 */
public record SocketSetting(
        List<SocketSpec> sockets,
        Supplier<List<SessionHandle>> sessions,
        Consumer<Target> refused,
        UserClock clock,
        boolean tlsTerminated) {}
