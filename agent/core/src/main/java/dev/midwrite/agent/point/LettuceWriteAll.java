package dev.midwrite.agent.point;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import dev.midwrite.agent.gate.Gate;
import io.lettuce.core.protocol.CommandWrapper;
import io.lettuce.core.protocol.RedisCommand;
import java.util.Collection;
import java.util.Iterator;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;
import net.bytebuddy.matcher.ElementMatchers;

/** {@code DefaultEndpoint.write} of a batch: each command is a step; a batch can be delayed and torn, not dropped. */
final class LettuceWriteAll extends Point {

    LettuceWriteAll() {
        super(Place.COMMAND_WRITE);
    }

    @Override
    public ElementMatcher<TypeDescription> types() {
        return named("io.lettuce.core.protocol.DefaultEndpoint");
    }

    @Override
    ElementMatcher.Junction<MethodDescription> calls() {
        return ElementMatchers.<MethodDescription>named("write").and(takesArguments(java.util.Collection.class));
    }

    static final class Code {
        private Code() {}

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(@Advice.This Object endpoint, @Advice.Argument(0) Collection<?> commands) {
            Gate gate = Gate.open;
            if (gate != null && commands != null) {
                Iterator<?> each = commands.iterator();
                while (each.hasNext()) {
                    RedisCommand<?, ?, ?> command = (RedisCommand<?, ?, ?>) each.next();
                    gate.enter(
                            Gate.COMMAND_WRITE,
                            endpoint,
                            null,
                            CommandWrapper.unwrap(command),
                            command.getType().toString());
                }
            }
        }
    }
}
