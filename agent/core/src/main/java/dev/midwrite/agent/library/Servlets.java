package dev.midwrite.agent.library;

import dev.midwrite.agent.gate.Gate;
import dev.midwrite.agent.point.Call;
import dev.midwrite.agent.point.Library;
import dev.midwrite.agent.point.Point;
import dev.midwrite.agent.point.Role;
import dev.midwrite.event.PointKind;
import java.util.List;
import net.bytebuddy.asm.Advice;

/**
 * The servlet API, {@code jakarta} and {@code javax}: where a request has passed the application's filters, and the agent
 * may answer it in the place of the servlet.
 */
final class Servlets extends Library {

    Servlets() {
        super("servlet");
        point("HttpServlet.service", PointKind.REQUEST, Role.PROBE)
                .in(
                        List.of("jakarta.servlet.http.HttpServlet"),
                        Call.taking("service", "jakarta.servlet.ServletRequest", "jakarta.servlet.ServletResponse"),
                        "Serve",
                        UsualExit.NAME)
                .in(
                        List.of("javax.servlet.http.HttpServlet"),
                        Call.taking("service", "javax.servlet.ServletRequest", "javax.servlet.ServletResponse"),
                        "Serve",
                        UsualExit.NAME);
    }

    /** {@code HttpServlet.service}: the one of two that the container's last filter calls. */
    static final class Serve {
        private Serve() {}

        @Advice.OnMethodEnter(suppress = Throwable.class, skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(
                @Point.Here int point,
                @Advice.This Object servlet,
                @Advice.Argument(0) Object request,
                @Advice.Argument(1) Object response,
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token) {
            gate = Gate.open;
            if (gate == null) {
                return false;
            }
            token = gate.enter(point, servlet, null, request, response);
            return token != null && gate.answers(token);
        }
    }
}
