package dev.midwrite.junit;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.opentest4j.AssertionFailedError;

/**
 * Runs a {@link DrillTest}'s drill around its method: before it, which then may look at the verdict, or with the method in the
 * place of the timeline. A {@code Timeout} of JUnit bounds both, since it is around all of this.
 */
final class DrillExtension implements InvocationInterceptor, ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(DrillExtension.class);
    private static final Set<Class<?>> BY_HAND = Set.of(Cluster.class, Users.class);

    DrillExtension() {}

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return (type == DrillVerdict.class || BY_HAND.contains(type))
                && parameter.getDeclaringExecutable().isAnnotationPresent(DrillTest.class);
    }

    /** What it says is there when the method's body runs. */
    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        if (type == DrillVerdict.class) {
            return kept(context, DrillVerdict.class, new DrillVerdict());
        }
        Driven driven = kept(context, Driven.class, new Driven());
        return type == Cluster.class ? driven.cluster() : driven.users();
    }

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> called, ExtensionContext context)
            throws Throwable {
        Method method = called.getExecutable();
        if (!method.isAnnotationPresent(DrillTest.class)) {
            invocation.proceed();
        } else if (Arrays.stream(method.getParameterTypes()).anyMatch(BY_HAND::contains)) {
            driven(invocation, method, context);
        } else {
            before(invocation, method, context);
        }
    }

    /** The drill, and then the method. */
    private static void before(Invocation<Void> invocation, Method method, ExtensionContext context) throws Throwable {
        try {
            Outcome outcome = run(method, context).run();
            judge(outcome, method, context);
            kept(context, DrillVerdict.class, new DrillVerdict()).settle(outcome);
        } catch (Throwable e) {
            invocation.skip();
            throw e;
        }
        invocation.proceed();
    }

    /** The drill with the method in it. */
    private static void driven(Invocation<Void> invocation, Method method, ExtensionContext context) throws Throwable {
        Driven driven = kept(context, Driven.class, new Driven()).with(invocation);
        try {
            PlannedDrill.requireByHand(method);
            judge(run(method, context).run(driven), method, context);
        } catch (Driven.Thrown e) {
            throw e.getCause();
        } finally {
            if (driven.isPending()) {
                invocation.skip();
            }
        }
    }

    private static Run run(Method method, ExtensionContext context) {
        Setting setting = Setting.of(context);
        PlannedDrill planned = PlannedDrill.of(context.getRequiredTestClass(), method, setting.seed());
        return new Run(planned, setting, AgentJar.find(setting.agent()), repeat(method, context));
    }

    /** @throws AssertionFailedError if the verdict is not what it should be */
    private static void judge(Outcome outcome, Method method, ExtensionContext context) {
        Publication.of(outcome, context);
        Optional<String> failure = outcome.failure(method.isAnnotationPresent(Expect.class), repeat(method, context));
        if (failure.isPresent()) {
            throw new AssertionFailedError(failure.get());
        }
    }

    private static String repeat(Method method, ExtensionContext context) {
        return Repeat.command(
                context.getRequiredTestClass(), method, Setting.of(context).seed());
    }

    /** The same for one test, whoever asks first. */
    private static <T> T kept(ExtensionContext context, Class<T> type, T fresh) {
        return context.getStore(NAMESPACE).getOrComputeIfAbsent(type, key -> fresh, type);
    }
}
