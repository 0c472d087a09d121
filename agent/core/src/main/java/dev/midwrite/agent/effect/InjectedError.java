package dev.midwrite.agent.effect;

import dev.midwrite.agent.fault.Decision;
import dev.midwrite.agent.point.Point;
import java.lang.reflect.Constructor;

/** Makes the exception that an injection wants, from the host's own classes. */
final class InjectedError {

    private InjectedError() {}

    /** @param host an object whose class loader sees the host's exceptions; null for the context class loader's */
    static Throwable of(Decision decision, Point point, Object host) {
        String message = "injected by Midwrite at " + point.name() + " (injection " + decision.injection() + ")";
        ClassLoader loader = host == null
                ? Thread.currentThread().getContextClassLoader()
                : host.getClass().getClassLoader();
        String wanted = decision.error().isEmpty() ? point.error() : decision.error();
        try {
            // Not initialised before it has turned out to be one: the name comes from outside.
            return make(Class.forName(wanted, false, loader).asSubclass(Throwable.class), message);
        } catch (ReflectiveOperationException | LinkageError | ClassCastException e) {
            return new IllegalStateException(
                    decision.error().isEmpty() ? message : message + "; cannot make a " + wanted);
        }
    }

    private static Throwable make(Class<? extends Throwable> type, String message) throws ReflectiveOperationException {
        try {
            return type.getConstructor(String.class).newInstance(message);
        } catch (NoSuchMethodException e) {
            Constructor<? extends Throwable> withCause = type.getConstructor(String.class, Throwable.class);
            return withCause.newInstance(message, null);
        }
    }
}
