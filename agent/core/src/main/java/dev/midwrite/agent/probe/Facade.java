package dev.midwrite.agent.probe;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * An object of the host behind an interface of our own servlet API. The host's API is another: loaded by another class
 * loader, of another version, named {@code javax} or {@code jakarta}. So calls go by name.
 */
final class Facade implements InvocationHandler {
    private static final String OURS = "jakarta.servlet.";
    private static final String ELDER = "javax.servlet.";

    /** By interface of the host: our method, and its own of the same name. */
    private static final ClassValue<Map<Method, Method>> METHODS = new ClassValue<>() {
        @Override
        protected Map<Method, Method> computeValue(Class<?> type) {
            return new ConcurrentHashMap<>();
        }
    };

    private final Object host;
    private final Class<?> hostType;
    private final Map<String, Function<Object[], Object>> own;

    private Facade(Object host, Class<?> hostType, Map<String, Function<Object[], Object>> own) {
        this.host = host;
        this.hostType = hostType;
        this.own = own;
    }

    /** @return null if the object is no such thing */
    static <T> T of(Class<T> ours, Object host) {
        return of(ours, host, Map.of());
    }

    /** @param own what some methods do instead, by name */
    static <T> T of(Class<T> ours, Object host, Map<String, Function<Object[], Object>> own) {
        Class<?> hostType = host == null ? null : find(host.getClass(), ours.getName());
        return hostType == null
                ? null
                : ours.cast(Proxy.newProxyInstance(
                        Facade.class.getClassLoader(), new Class<?>[] {ours}, new Facade(host, hostType, own)));
    }

    /** What a method without arguments returns, as text: for what is an enum of the host's. */
    static String text(Object facade, String method) {
        Facade of = (Facade) Proxy.getInvocationHandler(facade);
        try {
            return String.valueOf(of.hostType.getMethod(method).invoke(of.host));
        } catch (ReflectiveOperationException e) {
            return "";
        }
    }

    /** What the host threw, without what a proxy has put around it. */
    static Throwable thrownBy(Throwable thrown) {
        return thrown instanceof UndeclaredThrowableException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : thrown;
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return method.invoke(host, arguments);
        }
        Function<Object[], Object> instead = own.get(method.getName());
        if (instead != null) {
            return instead.apply(arguments);
        }
        Method called = METHODS.get(hostType).computeIfAbsent(method, this::counterpart);
        try {
            Object result = called.invoke(host, unwrapped(arguments));
            Class<?> type = method.getReturnType();
            return type.isInterface() && type.getName().startsWith(OURS) ? of(type, result) : result;
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** The method of the host's interface with this name and these parameters, where types of the API go by name. */
    private Method counterpart(Method ours) {
        Class<?>[] wanted = ours.getParameterTypes();
        for (Method candidate : hostType.getMethods()) {
            Class<?>[] types = candidate.getParameterTypes();
            boolean fits = candidate.getName().equals(ours.getName()) && types.length == wanted.length;
            for (int i = 0; fits && i < types.length; i++) {
                fits = isNamed(types[i], wanted[i].getName());
            }
            if (fits) {
                return candidate;
            }
        }
        throw new UnsupportedOperationException("the host's " + hostType.getName() + " has no " + ours.getName());
    }

    private static Object[] unwrapped(Object[] arguments) {
        if (arguments == null) {
            return null;
        }
        Object[] unwrapped = arguments.clone();
        for (int i = 0; i < unwrapped.length; i++) {
            if (unwrapped[i] != null
                    && Proxy.isProxyClass(unwrapped[i].getClass())
                    && Proxy.getInvocationHandler(unwrapped[i]) instanceof Facade facade) {
                unwrapped[i] = facade.host;
            }
        }
        return unwrapped;
    }

    /** The interface of this name that a class has; null if it has none. */
    private static Class<?> find(Class<?> type, String name) {
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            if (isNamed(at, name)) {
                return at;
            }
            for (Class<?> each : at.getInterfaces()) {
                Class<?> found = find(each, name);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    private static boolean isNamed(Class<?> type, String ours) {
        String name = type.getName();
        return name.equals(ours)
                || (ours.startsWith(OURS)
                        && name.startsWith(ELDER)
                        && name.substring(ELDER.length()).equals(ours.substring(OURS.length())));
    }
}
