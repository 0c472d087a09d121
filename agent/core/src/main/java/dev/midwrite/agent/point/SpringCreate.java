package dev.midwrite.agent.point;

import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import dev.midwrite.agent.gate.Gate;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import net.bytebuddy.matcher.ElementMatcher;
import net.bytebuddy.matcher.ElementMatchers;
import org.springframework.session.Session;

/** {@code SessionRepository.createSession}: a session object is born; nothing is in the store yet. */
final class SpringCreate extends SpringRepositoryPoint {

    SpringCreate() {
        super(Place.SESSION_CREATE);
    }

    @Override
    ElementMatcher.Junction<MethodDescription> calls() {
        return ElementMatchers.<MethodDescription>named("createSession").and(takesArguments(0));
    }

    static final class Code {
        private Code() {}

        @Advice.OnMethodEnter(suppress = Throwable.class, skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(
                @Advice.This Object repository, @Advice.Local("gate") Gate gate, @Advice.Local("token") Object token) {
            gate = Gate.open;
            if (gate == null) {
                return false;
            }
            token = gate.enter(Gate.SESSION_CREATE, repository, null, null, null);
            return token != null && gate.skips(token);
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token,
                @Advice.Return(typing = Assigner.Typing.DYNAMIC) Object session,
                @Advice.Thrown(readOnly = false) Throwable thrown) {
            if (token != null) {
                String id = session == null ? null : ((Session) session).getId();
                thrown = gate.exit(token, session, id, thrown);
            }
        }
    }
}
