package dev.midwrite.agent.library;

import dev.midwrite.agent.gate.Gate;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/** The end of a call that returns a command's reply, which may be another one: advice, inlined and never loaded. */
final class ReplyExit {
    static final String NAME = "dev.midwrite.agent.library.ReplyExit";

    private ReplyExit() {}

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
    static void exit(
            @Advice.Local("gate") Gate gate,
            @Advice.Local("token") Object token,
            @Advice.Return(readOnly = false, typing = Assigner.Typing.DYNAMIC) Object reply,
            @Advice.Thrown(readOnly = false) Throwable thrown) {
        if (token != null) {
            thrown = gate.exit(token, reply, null, thrown);
            Object instead = gate.instead(token);
            if (instead != null) {
                reply = instead;
            }
        }
    }
}
