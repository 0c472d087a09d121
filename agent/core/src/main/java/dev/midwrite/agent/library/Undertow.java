package dev.midwrite.agent.library;

import dev.midwrite.agent.gate.Gate;
import dev.midwrite.agent.point.Call;
import dev.midwrite.agent.point.Library;
import dev.midwrite.agent.point.Point;
import dev.midwrite.agent.point.Role;
import dev.midwrite.event.PointKind;
import dev.midwrite.event.RequestHeaders;
import io.undertow.UndertowLogger;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.session.Session;
import java.util.List;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/** Undertow: its requests and their answers, the sessions that it keeps in its memory, its end. */
final class Undertow extends Library {
    private static final List<String> MANAGER = List.of("io.undertow.server.session.InMemorySessionManager");
    private static final List<String> SESSION =
            List.of("io.undertow.server.session.InMemorySessionManager$SessionImpl");
    private static final String EXCHANGE = "io.undertow.server.HttpServerExchange";

    Undertow() {
        super("undertow");
        eventLoop("org.xnio.XnioIoThread");
        point("Connectors.executeRootHandler", PointKind.REQUEST, Role.REQUEST)
                .fails("java.io.IOException")
                .in(List.of("io.undertow.server.Connectors"), Call.of("executeRootHandler", 2), "Service");
        point("HttpServerExchange.startResponse", PointKind.RESPONSE_COMMIT, Role.COMMIT)
                // Whoever commits gets the channel there, whose first bytes are the response's head.
                .inShared(List.of(EXCHANGE), Call.of("startResponse", 0), UsualEntry.NAME, UsualExit.NAME);
        point("Undertow.stop", PointKind.SHUTDOWN_PHASE, Role.PHASE)
                .inShared(List.of("io.undertow.Undertow"), Call.of("stop", 0), UsualEntry.NAME, UsualExit.NAME);
        inMemory();
        point("Session.clock", PointKind.SESSION_CLOCK, Role.NODE)
                .readsTimeIn(
                        "io.undertow.server.session.InMemorySessionManager",
                        "io.undertow.server.session.InMemorySessionManager$SessionImpl",
                        "io.undertow.server.session.InMemorySessionManager$SessionImpl$2$1");
    }

    private void inMemory() {
        point("SessionManager.createSession", PointKind.SESSION_CREATE, Role.OPERATION)
                .in(MANAGER, Call.of("createSession", 2), "Create");
        point("SessionManager.getSession", PointKind.SESSION_READ, Role.OPERATION)
                .in(MANAGER, Call.taking("getSession", "java.lang.String"), "Read");
        point("Session.changeSessionId", PointKind.SESSION_RENAME, Role.CHANGE)
                .in(SESSION, Call.of("changeSessionId", 2), "Rename");
        // To set nothing is to remove; the outermost call is the change.
        point("Session.setAttribute", PointKind.SESSION_SET, Role.CHANGE)
                .in(SESSION, Call.of("setAttribute", 2), "Set", UsualExit.NAME)
                .in(SESSION, Call.of("removeAttribute", 1), "Remove", UsualExit.NAME);
        point("Session.invalidate", PointKind.SESSION_DELETE, Role.OPERATION)
                .in(SESSION, Call.taking("invalidate", EXCHANGE), "End", UsualExit.NAME);
        // A user's own end calls it, too, and is the outermost.
        point("Session.expire", PointKind.SESSION_EXPIRE, Role.OPERATION)
                .in(SESSION, Call.of("invalidate", 2), "End", UsualExit.NAME);
    }

    /**
     * {@code executeRootHandler}: an exchange is served, first by the thread that read it from its connection, which hands
     * what may wait to a worker. The worker's passage is the request; a handler that answers at once passes none.
     */
    static final class Service {
        private Service() {}

        @Advice.OnMethodEnter(suppress = Throwable.class, skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(
                @Point.Here int point,
                @Advice.Argument(1) HttpServerExchange exchange,
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token) {
            gate = Gate.open;
            if (gate == null || exchange.isInIoThread()) {
                return false;
            }
            token = gate.enter(
                    point,
                    exchange,
                    exchange.getRequestHeaders().getFirst(RequestHeaders.TRACE),
                    exchange.getRequestHeaders().getFirst(RequestHeaders.REQUEST),
                    exchange.getRequestHeaders().getFirst(RequestHeaders.SESSION));
            return token != null && gate.skips(token);
        }

        /** The method lets nothing through: what its handlers throw it logs, and ends the exchange. */
        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(
                @Advice.Argument(1) HttpServerExchange exchange,
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token,
                @Advice.Thrown(readOnly = false) Throwable thrown) {
            if (token != null) {
                thrown = gate.exit(token, null, null, thrown);
                if (thrown != null) {
                    UndertowLogger.REQUEST_LOGGER.undertowRequestFailed(thrown, exchange);
                    thrown = null;
                    if (!exchange.isResponseStarted()) {
                        exchange.setStatusCode(500);
                    }
                    exchange.endExchange();
                }
            }
        }
    }

    /** {@code createSession}: a session is born, in memory. */
    static final class Create {
        private Create() {}

        @Advice.OnMethodEnter(suppress = Throwable.class, skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(
                @Point.Here int point,
                @Advice.This Object manager,
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token) {
            gate = Gate.open;
            if (gate == null) {
                return false;
            }
            token = gate.enter(point, manager, null, null, null);
            return token != null && gate.skips(token);
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token,
                @Advice.Return(typing = Assigner.Typing.DYNAMIC) Object session,
                @Advice.Thrown(readOnly = false) Throwable thrown) {
            if (token != null) {
                thrown = gate.exit(token, session, session == null ? null : ((Session) session).getId(), thrown);
            }
        }
    }

    /** {@code getSession} by its id; the one by its exchange ends there. */
    static final class Read {
        private Read() {}

        @Advice.OnMethodEnter(suppress = Throwable.class, skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(
                @Point.Here int point,
                @Advice.This Object manager,
                @Advice.Argument(0) String id,
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token) {
            gate = Gate.open;
            if (gate == null || id == null) {
                return false;
            }
            token = gate.enter(point, manager, id, null, null);
            return token != null && gate.skips(token);
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(
                @Advice.Argument(0) String id,
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token,
                @Advice.Return(typing = Assigner.Typing.DYNAMIC) Object session,
                @Advice.Thrown(readOnly = false) Throwable thrown) {
            if (token != null) {
                thrown = gate.exit(token, session, session == null ? null : id, thrown);
            }
        }
    }

    /** {@code changeSessionId}: in memory. */
    static final class Rename {
        private Rename() {}

        @Advice.OnMethodEnter(suppress = Throwable.class, skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(
                @Point.Here int point,
                @Advice.This Object session,
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token) {
            gate = Gate.open;
            if (gate == null) {
                return false;
            }
            token = gate.enter(point, session, ((Session) session).getId(), null, null);
            return token != null && gate.skips(token);
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token,
                @Advice.Return String id,
                @Advice.Thrown(readOnly = false) Throwable thrown) {
            if (token != null) {
                thrown = gate.exit(token, null, id, thrown);
            }
        }
    }

    /** {@code setAttribute}: other requests see the change at once. */
    static final class Set {
        private Set() {}

        @Advice.OnMethodEnter(suppress = Throwable.class, skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(
                @Point.Here int point,
                @Advice.This Object session,
                @Advice.Argument(0) String name,
                @Advice.Argument(1) Object value,
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token) {
            gate = Gate.open;
            if (gate == null) {
                return false;
            }
            token = gate.enter(point, session, ((Session) session).getId(), name, value);
            return token != null && gate.skips(token);
        }
    }

    /** {@code removeAttribute}. */
    static final class Remove {
        private Remove() {}

        @Advice.OnMethodEnter(suppress = Throwable.class, skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(
                @Point.Here int point,
                @Advice.This Object session,
                @Advice.Argument(0) String name,
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token) {
            gate = Gate.open;
            if (gate == null) {
                return false;
            }
            token = gate.enter(point, session, ((Session) session).getId(), name, null);
            return token != null && gate.skips(token);
        }
    }

    /** The session ends: by its user, or because its time is up or there are too many. */
    static final class End {
        private End() {}

        @Advice.OnMethodEnter(suppress = Throwable.class, skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(
                @Point.Here int point,
                @Advice.This Object session,
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token) {
            gate = Gate.open;
            if (gate == null) {
                return false;
            }
            token = gate.enter(point, session, ((Session) session).getId(), null, null);
            return token != null && gate.skips(token);
        }
    }
}
