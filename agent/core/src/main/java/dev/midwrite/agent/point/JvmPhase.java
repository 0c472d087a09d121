package dev.midwrite.agent.point;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import dev.midwrite.agent.gate.Gate;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import net.bytebuddy.matcher.ElementMatcher;
import net.bytebuddy.matcher.ElementMatchers;

/** A method of the JDK through which a JVM ends. Nothing is thrown there: an exception would stop the exit. */
final class JvmPhase extends Point {
    private final String type;
    private final String method;

    JvmPhase(Place place, String type, String method) {
        super(place);
        this.type = type;
        this.method = method;
    }

    @Override
    public ElementMatcher<TypeDescription> types() {
        return named(type);
    }

    @Override
    ElementMatcher.Junction<MethodDescription> calls() {
        return ElementMatchers.<MethodDescription>named(method)
                .and(takesArguments(0).or(takesArguments(int.class)));
    }

    static final class Code {
        private Code() {}

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(
                @At int place,
                @Advice.Argument(value = 0, optional = true, typing = Assigner.Typing.DYNAMIC) Object status,
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token) {
            gate = Gate.open;
            if (gate != null) {
                token = gate.enter(place, null, null, status, null);
            }
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(
                @Advice.Local("gate") Gate gate, @Advice.Local("token") Object token, @Advice.Thrown Throwable thrown) {
            if (token != null) {
                gate.exit(token, null, null, thrown);
            }
        }
    }
}
