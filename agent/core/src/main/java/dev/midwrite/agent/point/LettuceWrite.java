package dev.midwrite.agent.point;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import dev.midwrite.agent.gate.Gate;
import io.lettuce.core.output.BooleanOutput;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandWrapper;
import io.lettuce.core.protocol.RedisCommand;
import io.netty.channel.Channel;
import java.nio.ByteBuffer;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import net.bytebuddy.matcher.ElementMatcher;
import net.bytebuddy.matcher.ElementMatchers;

/**
 * {@code DefaultEndpoint.write}: the caller hands a command over; no byte has left.
 *
 * <p>A command that is not written must be completed, or its caller would wait until the timeout: exceptionally for an
 * error, with the answer of a command that worked for a drop. Throwing here would leave it open.
 */
final class LettuceWrite extends Point {

    LettuceWrite() {
        super(Place.COMMAND_WRITE);
    }

    @Override
    public ElementMatcher<TypeDescription> types() {
        return named("io.lettuce.core.protocol.DefaultEndpoint");
    }

    @Override
    ElementMatcher.Junction<MethodDescription> calls() {
        return ElementMatchers.<MethodDescription>named("write")
                .and(takesArguments(1))
                .and(takesArgument(0, named("io.lettuce.core.protocol.RedisCommand")));
    }

    static final class Code {
        private Code() {}

        @Advice.OnMethodEnter(suppress = Throwable.class, skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(
                @Advice.This Object endpoint,
                @Advice.Argument(0) RedisCommand<?, ?, ?> command,
                @Advice.FieldValue("channel") Channel channel,
                @Advice.FieldValue("connectionFacade") Object connection) {
            Gate gate = Gate.open;
            if (gate == null || command == null) {
                return false;
            }
            Object token = gate.enter(
                    Gate.COMMAND_WRITE,
                    endpoint,
                    null,
                    CommandWrapper.unwrap(command),
                    command.getType().toString());
            if (token != null && command.getArgs() != null && gate.locates(token)) {
                gate.located(
                        token,
                        command.getArgs().getFirstEncodedKey(),
                        channel == null ? null : channel.remoteAddress(),
                        connection);
            }
            if (token == null || !gate.skips(token)) {
                return false;
            }
            Throwable error = gate.exit(token, null, null, null);
            if (error != null) {
                command.completeExceptionally(error);
                return true;
            }
            CommandOutput<?, ?, ?> output = command.getOutput();
            if (output instanceof StatusOutput) {
                output.set(ByteBuffer.wrap(new byte[] {'O', 'K'}));
            } else if (output instanceof BooleanOutput || output instanceof IntegerOutput) {
                output.set(1);
            }
            command.complete();
            return true;
        }

        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(
                @Advice.Enter boolean skipped,
                @Advice.Argument(0) Object command,
                @Advice.Return(readOnly = false, typing = Assigner.Typing.DYNAMIC) Object result) {
            if (skipped) {
                result = command;
            }
        }
    }
}
