package dev.midwrite.agent.library;

import dev.midwrite.agent.gate.Gate;
import dev.midwrite.agent.point.Call;
import dev.midwrite.agent.point.Library;
import dev.midwrite.agent.point.Point;
import dev.midwrite.agent.point.Role;
import dev.midwrite.event.PointKind;
import dev.midwrite.event.RequestHeaders;
import java.util.List;
import net.bytebuddy.asm.Advice;
import org.springframework.http.server.reactive.ServerHttpRequest;

/** Spring WebFlux: its requests, on whatever server. They have no thread; the subscriber's context carries them. */
final class WebFlux extends Library {

    WebFlux() {
        super("webflux");
        point("HttpWebHandlerAdapter.handle", PointKind.REQUEST, Role.REQUEST)
                .fails("java.io.IOException")
                .in(
                        List.of("org.springframework.web.server.adapter.HttpWebHandlerAdapter"),
                        Call.of("handle", 2),
                        "Handle",
                        MonoExit.NAME);
    }

    /** {@code HttpWebHandlerAdapter.handle}: all that is done for a request lies within the Mono that this returns. */
    static final class Handle {
        private Handle() {}

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(
                @Point.Here int point,
                @Advice.This Object adapter,
                @Advice.Argument(0) ServerHttpRequest request,
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token) {
            gate = Gate.open;
            if (gate != null) {
                token = gate.promise(
                        point,
                        adapter,
                        request.getHeaders().getFirst(RequestHeaders.TRACE),
                        request.getHeaders().getFirst(RequestHeaders.REQUEST),
                        request.getHeaders().getFirst(RequestHeaders.SESSION),
                        null);
            }
        }
    }
}
