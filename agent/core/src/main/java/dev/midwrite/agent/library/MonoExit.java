package dev.midwrite.agent.library;

import dev.midwrite.agent.gate.Gate;
import java.time.Duration;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * The end of a call that returns a Mono: it becomes one that tells the gate of each subscription, waits without keeping a
 * thread, and lets the call's own Mono run in between. Advice, inlined and never loaded.
 *
 * <p>References to the library's methods are no lambdas: they compile to a handle of the method itself, and so may be
 * inlined. They give the gate what it composes with, as functions of the JDK.
 */
final class MonoExit {
    static final String NAME = "dev.midwrite.agent.library.MonoExit";

    private MonoExit() {}

    @SuppressWarnings({"unchecked", "rawtypes"})
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
            @Advice.Local("gate") Gate gate,
            @Advice.Local("token") Object token,
            @Advice.Return(readOnly = false, typing = Assigner.Typing.DYNAMIC) Object result) {
        if (token == null || result == null) {
            return;
        }
        Function<ContextView, Stream<Map.Entry<Object, Object>>> entries = ContextView::stream;
        Function<Object, Mono<Object>> just = Mono::justOrEmpty;
        Function<Throwable, Mono<Object>> fail = Mono::error;
        Function<Duration, Mono<Long>> delay = Mono::delay;
        BiFunction<Mono<Object>, Function<Object, Mono<Object>>, Mono<Object>> then = Mono::flatMap;
        BiFunction<Mono<Object>, Consumer<Object>, Mono<Object>> tap = Mono::doOnNext;
        BiFunction<Mono<Object>, Runnable, Mono<Object>> unless = Mono::doOnCancel;
        Mono<Object> body = ((Mono<Object>) result).contextWrite(Context.of("midwrite", token));
        Mono begin = Mono.deferContextual((Function) gate.begins(token, entries, just, fail, delay, then, unless));
        Mono whole = Mono.usingWhen(
                begin,
                (Function) gate.runs(token, body, tap),
                (Function) gate.completes(token),
                (BiFunction) gate.fails(token),
                (Function) gate.cancels(token));
        result = whole.onErrorMap(gate.errors(token));
    }
}
