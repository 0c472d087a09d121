package dev.midwrite.agent.point;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import dev.midwrite.agent.gate.Gate;
import io.lettuce.core.protocol.CommandWrapper;
import io.lettuce.core.protocol.RedisCommand;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;
import net.bytebuddy.matcher.ElementMatchers;

/**
 * {@code Futures.awaitOrCancel}: the caller waits for a reply; when this returns, the step is complete.
 *
 * <p>Lettuce's own blocking API and Spring Data Redis both wait here.
 */
final class LettuceAwait extends Point {

    LettuceAwait() {
        super(Place.COMMAND_AWAIT);
    }

    @Override
    public ElementMatcher<TypeDescription> types() {
        return named("io.lettuce.core.internal.Futures");
    }

    @Override
    ElementMatcher.Junction<MethodDescription> calls() {
        return ElementMatchers.<MethodDescription>named("awaitOrCancel").and(takesArguments(3));
    }

    static final class Code {
        private Code() {}

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(
                @Advice.Argument(0) Object future,
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token) {
            gate = Gate.open;
            if (gate != null && future instanceof RedisCommand) {
                token = gate.enter(
                        Gate.COMMAND_AWAIT, null, null, CommandWrapper.unwrap((RedisCommand<?, ?, ?>) future), null);
            }
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
