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
import org.apache.coyote.Request;

/** Tomcat: its requests and their answers, and the end of its components. */
final class Tomcat extends Library {
    private static final String IO_EXCEPTION = "java.io.IOException";

    Tomcat() {
        super("tomcat");
        point("CoyoteAdapter.service", PointKind.REQUEST, Role.REQUEST)
                .fails(IO_EXCEPTION)
                .in(
                        List.of("org.apache.catalina.connector.CoyoteAdapter"),
                        Call.of("service", 2),
                        "Service",
                        UsualExit.NAME);
        point("Processor.prepareResponse", PointKind.RESPONSE_COMMIT, Role.COMMIT)
                .fails(IO_EXCEPTION)
                // The response's head is about to be written. This is the acknowledgement, not the end of the
                // request: the client may hold the whole answer before CoyoteAdapter.service returns.
                .inShared(
                        List.of(
                                "org.apache.coyote.http11.Http11Processor",
                                "org.apache.coyote.http2.StreamProcessor",
                                "org.apache.coyote.ajp.AjpProcessor"),
                        Call.of("prepareResponse", 0),
                        UsualEntry.NAME,
                        UsualExit.NAME);
        stop("StandardService.stop", "org.apache.catalina.core.StandardService");
        stop("StandardContext.stop", "org.apache.catalina.core.StandardContext");
        stop("Connector.stop", "org.apache.catalina.connector.Connector");
    }

    /** A component's end, without what is common to all components and checks that it has ended. */
    private void stop(String place, String type) {
        point(place, PointKind.SHUTDOWN_PHASE, Role.PHASE)
                .cannot(FaultKind.DROP, "Tomcat checks that it has been stopped")
                .cannot(FaultKind.ERROR, "Tomcat would stop it once more")
                .inShared(List.of(type), Call.of("stopInternal", 0), UsualEntry.NAME, UsualExit.NAME);
    }

    /** {@code CoyoteAdapter.service}: a request begins and ends on this thread; an asynchronous one only leaves it. */
    static final class Service {
        private Service() {}

        @Advice.OnMethodEnter(suppress = Throwable.class, skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(
                @Point.Here int point,
                @Advice.This Object adapter,
                @Advice.Argument(0) Request request,
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token) {
            gate = Gate.open;
            if (gate == null) {
                return false;
            }
            token = gate.enter(
                    point,
                    adapter,
                    request.getHeader(RequestHeaders.TRACE),
                    request.getHeader(RequestHeaders.REQUEST),
                    request.getHeader(RequestHeaders.SESSION));
            return token != null && gate.skips(token);
        }
    }
}
