package dev.midwrite.agent.point;

import static net.bytebuddy.matcher.ElementMatchers.hasSuperType;
import static net.bytebuddy.matcher.ElementMatchers.isInterface;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.not;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import dev.midwrite.agent.gate.Gate;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;
import net.bytebuddy.matcher.ElementMatchers;
import org.springframework.session.Session;

/** {@code Session.changeSessionId}: in memory; the store learns of it in the next save. */
final class SpringRename extends Point {

    SpringRename() {
        super(Place.SESSION_RENAME);
    }

    @Override
    public ElementMatcher<TypeDescription> types() {
        return hasSuperType(named("org.springframework.session.Session")).and(not(isInterface()));
    }

    @Override
    ElementMatcher.Junction<MethodDescription> calls() {
        return ElementMatchers.<MethodDescription>named("changeSessionId").and(takesArguments(0));
    }

    static final class Code {
        private Code() {}

        @Advice.OnMethodEnter(suppress = Throwable.class, skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(
                @Advice.This Object session, @Advice.Local("gate") Gate gate, @Advice.Local("token") Object token) {
            gate = Gate.open;
            if (gate == null) {
                return false;
            }
            token = gate.enter(Gate.SESSION_RENAME, session, ((Session) session).getId(), null, null);
            return token != null && gate.skips(token);
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token,
                @Advice.Return String newId,
                @Advice.Thrown(readOnly = false) Throwable thrown) {
            if (token != null) {
                thrown = gate.exit(token, null, newId, thrown);
            }
        }
    }
}
