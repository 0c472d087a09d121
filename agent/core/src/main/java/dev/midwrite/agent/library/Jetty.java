package dev.midwrite.agent.library;

import dev.midwrite.agent.gate.Gate;
import dev.midwrite.agent.point.Call;
import dev.midwrite.agent.point.Library;
import dev.midwrite.agent.point.Point;
import dev.midwrite.agent.point.Role;
import dev.midwrite.event.FaultKind;
import dev.midwrite.event.PointKind;
import dev.midwrite.event.RequestHeaders;
import java.util.List;
import net.bytebuddy.asm.Advice;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;

/**
 * Jetty: its requests and their answers, and its end, of Jetty 12 whatever servlet API runs on it, and of Jetty 9.4 to 11.
 *
 * <p>The older ones serve by the servlet API alone, and their types bear names that mean something else in Jetty 12.
 */
final class Jetty extends Library {
    private static final String SERVER = "org.eclipse.jetty.server.Server";
    /** A class in Jetty 9.4 to 11; in Jetty 12 an interface without these methods. */
    private static final String CHANNEL = "org.eclipse.jetty.server.HttpChannel";

    private static final List<String> OLDER = List.of("org.eclipse.jetty.server.handler.HandlerWrapper");

    Jetty() {
        super("jetty");
        point("Server.handle", PointKind.REQUEST, Role.REQUEST)
                .fails("java.io.IOException")
                .in(List.of(SERVER), Call.of("handle", 3), "Service", UsualExit.NAME)
                .in(
                        OLDER,
                        Call.of("handle", 4).with(2, "jakarta.servlet.http.HttpServletRequest"),
                        "Jakarta",
                        UsualExit.NAME)
                .in(
                        OLDER,
                        Call.of("handle", 4).with(2, "javax.servlet.http.HttpServletRequest"),
                        "Javax",
                        UsualExit.NAME)
                // Of an older one: where the headers can be read is not where it sends a small answer and saves the
                // session.
                .inShared(List.of(CHANNEL), Call.of("handle", 0), UsualEntry.NAME, UsualExit.NAME);
        point("HttpStream.send", PointKind.RESPONSE_COMMIT, Role.COMMIT)
                .in(
                        List.of(
                                "org.eclipse.jetty.server.internal.HttpConnection$HttpStreamOverHTTP1",
                                "org.eclipse.jetty.http2.server.internal.HttpStreamOverHTTP2",
                                "org.eclipse.jetty.http3.server.internal.HttpStreamOverHTTP3"),
                        Call.of("send", 5),
                        "Commit",
                        UsualExit.NAME)
                .in(List.of(CHANNEL), Call.of("commit", 1), "OlderCommit", UsualExit.NAME);
        stop("Server.stop", SERVER);
        stop("Connector.stop", "org.eclipse.jetty.server.AbstractConnector")
                .cannot(FaultKind.ERROR, "its server would stop it once more");
    }

    private Point stop(String place, String type) {
        return point(place, PointKind.SHUTDOWN_PHASE, Role.PHASE)
                .inShared(List.of(type), Call.of("doStop", 0), UsualEntry.NAME, UsualExit.NAME);
    }

    /** {@code Server.handle}: a request begins and ends on this thread; an asynchronous one only leaves it. */
    static final class Service {
        private Service() {}

        @Advice.OnMethodEnter(suppress = Throwable.class, skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(
                @Point.Here int point,
                @Advice.This Object server,
                @Advice.Argument(0) Request request,
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token) {
            gate = Gate.open;
            if (gate == null) {
                return false;
            }
            token = gate.enter(
                    point,
                    server,
                    request.getHeaders().get(RequestHeaders.TRACE),
                    request.getHeaders().get(RequestHeaders.REQUEST),
                    request.getHeaders().get(RequestHeaders.SESSION));
            return token != null && gate.skips(token);
        }
    }

    /** {@code send} of a stream: with a head, and that is no interim answer. No lock of the exchange is held here. */
    static final class Commit {
        private Commit() {}

        @Advice.OnMethodEnter(suppress = Throwable.class, skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(
                @Point.Here int point,
                @Advice.This Object stream,
                @Advice.Argument(1) MetaData.Response response,
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token) {
            gate = Gate.open;
            if (gate == null || response == null || response.getStatus() == 100 || response.getStatus() == 103) {
                return false;
            }
            token = gate.enter(point, stream, null, null, null);
            return token != null && gate.skips(token);
        }
    }

    /** {@code handle} of the server itself, in Jetty 11: the outermost of its handlers. */
    static final class Jakarta {
        private Jakarta() {}

        @Advice.OnMethodEnter(suppress = Throwable.class, skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(
                @Point.Here int point,
                @Advice.This Object handler,
                @Advice.Argument(2) jakarta.servlet.http.HttpServletRequest request,
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token) {
            gate = Gate.open;
            if (gate == null || !(handler instanceof Server)) {
                return false;
            }
            token = gate.enter(
                    point,
                    handler,
                    request.getHeader(RequestHeaders.TRACE),
                    request.getHeader(RequestHeaders.REQUEST),
                    request.getHeader(RequestHeaders.SESSION));
            return token != null && gate.skips(token);
        }
    }

    /** {@code handle} of the server itself, in Jetty 9.4 and 10. */
    static final class Javax {
        private Javax() {}

        @Advice.OnMethodEnter(suppress = Throwable.class, skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(
                @Point.Here int point,
                @Advice.This Object handler,
                @Advice.Argument(2) javax.servlet.http.HttpServletRequest request,
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token) {
            gate = Gate.open;
            if (gate == null || !(handler instanceof Server)) {
                return false;
            }
            token = gate.enter(
                    point,
                    handler,
                    request.getHeader(RequestHeaders.TRACE),
                    request.getHeader(RequestHeaders.REQUEST),
                    request.getHeader(RequestHeaders.SESSION));
            return token != null && gate.skips(token);
        }
    }

    /** {@code HttpChannel.commit}, in Jetty 9.4 to 11. */
    static final class OlderCommit {
        private OlderCommit() {}

        @Advice.OnMethodEnter(suppress = Throwable.class, skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(
                @Point.Here int point,
                @Advice.This Object channel,
                @Advice.Argument(0) MetaData.Response response,
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token) {
            gate = Gate.open;
            if (gate == null || response.getStatus() == 100 || response.getStatus() == 103) {
                return false;
            }
            token = gate.enter(point, channel, null, null, null);
            return token != null && gate.skips(token);
        }
    }
}
