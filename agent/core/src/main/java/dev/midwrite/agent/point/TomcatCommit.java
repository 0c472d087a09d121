package dev.midwrite.agent.point;

import static net.bytebuddy.matcher.ElementMatchers.namedOneOf;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import dev.midwrite.agent.gate.Gate;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;
import net.bytebuddy.matcher.ElementMatchers;

/**
 * {@code prepareResponse} of Tomcat's processors: the response's head is about to be written.
 *
 * <p>This, not the end of the request, is the acknowledgement: the client may hold the whole answer before
 * {@code CoyoteAdapter.service} returns.
 */
final class TomcatCommit extends Point {

    TomcatCommit() {
        super(Place.RESPONSE_COMMIT);
    }

    @Override
    public ElementMatcher<TypeDescription> types() {
        return namedOneOf(
                "org.apache.coyote.http11.Http11Processor",
                "org.apache.coyote.http2.StreamProcessor",
                "org.apache.coyote.ajp.AjpProcessor");
    }

    @Override
    ElementMatcher.Junction<MethodDescription> calls() {
        return ElementMatchers.<MethodDescription>named("prepareResponse").and(takesArguments(0));
    }

    static final class Code {
        private Code() {}

        @Advice.OnMethodEnter(suppress = Throwable.class, skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(
                @Advice.This Object processor, @Advice.Local("gate") Gate gate, @Advice.Local("token") Object token) {
            gate = Gate.open;
            if (gate == null) {
                return false;
            }
            token = gate.enter(Gate.RESPONSE_COMMIT, processor, null, null, null);
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
