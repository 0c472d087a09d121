package dev.midwrite.agent.point;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import dev.midwrite.agent.gate.Gate;
import io.lettuce.core.protocol.CommandWrapper;
import io.lettuce.core.protocol.RedisCommand;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;
import net.bytebuddy.matcher.ElementMatchers;

/**
 * {@code CommandEncoder.encode} of one command, on the event loop.
 *
 * <p>Lettuce keeps a command in one buffer and writes it in one piece, so a torn command has to be made: a prefix goes
 * out by itself, nothing is left in the buffer, and the process halts.
 */
final class LettuceEncode extends Point {

    LettuceEncode() {
        super(Place.COMMAND_ENCODE);
    }

    @Override
    public ElementMatcher<TypeDescription> types() {
        return named("io.lettuce.core.protocol.CommandEncoder");
    }

    @Override
    ElementMatcher.Junction<MethodDescription> calls() {
        return ElementMatchers.<MethodDescription>named("encode")
                .and(takesArguments(3))
                .and(takesArgument(2, named("io.lettuce.core.protocol.RedisCommand")));
    }

    static final class Code {
        private Code() {}

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(
                @Advice.Argument(1) ByteBuf out,
                @Advice.Argument(2) RedisCommand<?, ?, ?> command,
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token,
                @Advice.Local("start") int start) {
            gate = Gate.open;
            if (gate != null) {
                token = gate.enter(Gate.COMMAND_ENCODE, null, null, CommandWrapper.unwrap(command), null);
                start = out.writerIndex();
            }
        }

        @SuppressWarnings("FutureReturnValueIgnored") // Nobody is left to ask it.
        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(
                @Advice.Argument(0) ChannelHandlerContext context,
                @Advice.Argument(1) ByteBuf out,
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token,
                @Advice.Local("start") int start) {
            if (token != null) {
                int bytes = gate.cut(token, out.writerIndex() - start);
                if (bytes >= 0) {
                    context.writeAndFlush(out.copy(out.readerIndex(), start + bytes - out.readerIndex()));
                    out.clear();
                    gate.halt(token);
                }
            }
        }
    }
}
