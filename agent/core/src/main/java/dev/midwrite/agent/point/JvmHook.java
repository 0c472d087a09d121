package dev.midwrite.agent.point;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import dev.midwrite.agent.gate.Gate;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;
import net.bytebuddy.matcher.ElementMatchers;

/** {@code ApplicationShutdownHooks.add}: the JDK's set of hooks is private, so registration is where they show. */
final class JvmHook extends Point {

    JvmHook() {
        super(Place.HOOK_ADD);
    }

    @Override
    public ElementMatcher<TypeDescription> types() {
        return named("java.lang.ApplicationShutdownHooks");
    }

    @Override
    ElementMatcher.Junction<MethodDescription> calls() {
        return ElementMatchers.<MethodDescription>named("add").and(takesArguments(Thread.class));
    }

    static final class Code {
        private Code() {}

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(@Advice.Argument(0) Thread hook) {
            Gate gate = Gate.open;
            if (gate != null && hook != null) {
                gate.enter(Gate.HOOK_ADD, null, hook.getName(), null, null);
            }
        }
    }
}
