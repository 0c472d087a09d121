package dev.midwrite.agent.run;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Proxy;
import java.lang.runtime.ObjectMethods;
import java.net.URL;
import java.net.URLClassLoader;

/** What the JDK remembers of ours in caches of its own, which hold one entry: something else is put in its place. */
final class JdkCaches {
    private JdkCaches() {}

    /**
     * The generated {@code equals} and {@code hashCode} of records are made of method handles of the JDK's, each of which
     * keeps the last type that it was asked for: that of a component of ours. Newer JDKs keep types that may be unloaded in a
     * second place, where only another one of that kind takes ours away: a class of a loader that nobody needs.
     */
    static void forget() throws ReflectiveOperationException, IOException {
        try (URLClassLoader nobodys = new URLClassLoader(new URL[0], null)) {
            remember(
                    Proxy.newProxyInstance(nobodys, new Class<?>[] {Runnable.class}, (proxy, method, arguments) -> null)
                            .getClass());
        }
        // Last, because an older JDK has one place only, and a loader made here may know of ours.
        remember(String.class);
    }

    private static void remember(Class<?> type) throws ReflectiveOperationException {
        make("equals", MethodType.methodType(boolean.class, type, Object.class), type);
        make("hashCode", MethodType.methodType(int.class, type), type);
        make("toString", MethodType.methodType(String.class, type), type);
    }

    private static void make(String name, MethodType method, Class<?> type) throws ReflectiveOperationException {
        MethodHandle component = MethodHandles.empty(MethodType.methodType(type, type));
        try {
            ObjectMethods.bootstrap(MethodHandles.lookup(), name, method, type, "component", component);
        } catch (ReflectiveOperationException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new ReflectiveOperationException(e);
        }
    }
}
