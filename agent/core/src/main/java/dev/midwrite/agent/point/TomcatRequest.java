package dev.midwrite.agent.point;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import dev.midwrite.agent.gate.Gate;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;
import net.bytebuddy.matcher.ElementMatchers;
import org.apache.coyote.Request;

/** {@code CoyoteAdapter.service}: a request begins and ends on this thread; an asynchronous one only leaves it. */
final class TomcatRequest extends Point {

    TomcatRequest() {
        super(Place.REQUEST);
    }

    @Override
    public ElementMatcher<TypeDescription> types() {
        return named("org.apache.catalina.connector.CoyoteAdapter");
    }

    @Override
    ElementMatcher.Junction<MethodDescription> calls() {
        return ElementMatchers.<MethodDescription>named("service").and(takesArguments(2));
    }

    static final class Code {
        private Code() {}

        @Advice.OnMethodEnter(suppress = Throwable.class, skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(
                @Advice.This Object adapter,
                @Advice.Argument(0) Request request,
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token) {
            gate = Gate.open;
            if (gate == null) {
                return false;
            }
            token = gate.enter(
                    Gate.REQUEST,
                    adapter,
                    null,
                    request.getHeader("X-Midwrite-Request"),
                    request.getHeader("X-Midwrite-Session"));
            return token != null && gate.skips(token);
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token,
                @Advice.Thrown(readOnly = false) Throwable thrown) {
            if (token != null) {
                thrown = gate.exit(token, null, null, thrown);
            }
        }
    }
}
