package dev.midwrite.probe;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The sessions of a principal, by way of Spring Session's repository where that keeps an index of principals' names. It
 * is called by name, so that the probe depends on the servlet API alone.
 */
final class SessionIndex {
    private static final String REPOSITORY = "org.springframework.session.SessionRepository";
    private static final String INDEXED = "org.springframework.session.FindByIndexNameSessionRepository";
    private static final String SESSION = "org.springframework.session.Session";

    /** Attribute under which every such repository looks for the name, and the name of its index. */
    static final String PRINCIPAL = INDEXED + ".PRINCIPAL_NAME_INDEX_NAME";

    private final Object repository;
    private final Class<?> indexed;

    private SessionIndex(Object repository, Class<?> indexed) {
        this.repository = repository;
        this.indexed = indexed;
    }

    /** @return null if the sessions of this request are kept where nobody can find them by a name */
    static SessionIndex of(HttpServletRequest request) {
        // Spring Session's filter leaves the repository there for everybody.
        Object repository = request.getAttribute(REPOSITORY);
        Class<?> indexed = repository == null ? null : named(repository.getClass(), INDEXED);
        return indexed == null ? null : new SessionIndex(repository, indexed);
    }

    /** Incarnations by id; 0 for a session that has none. */
    Map<String, Long> sessions(String principal) {
        Map<String, Long> sessions = new TreeMap<>();
        Method find = method(indexed, "findByIndexNameAndIndexValue", String.class, String.class);
        for (Map.Entry<?, ?> entry : ((Map<?, ?>) call(find, repository, PRINCIPAL, principal)).entrySet()) {
            Object session = entry.getValue();
            Method attribute = method(named(session.getClass(), SESSION), "getAttribute", String.class);
            Object stored = call(attribute, session, ProbeSession.INCARNATION);
            sessions.put(
                    (String) entry.getKey(),
                    stored instanceof String text ? ProbeText.number(text, 16, damage -> {}) : 0L);
        }
        return sessions;
    }

    void end(Set<String> ids) {
        Method delete = method(indexed, "deleteById", String.class);
        ids.forEach(id -> call(delete, repository, id));
    }

    private static Method method(Class<?> type, String name, Class<?>... parameters) {
        try {
            return type.getMethod(name, parameters);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("This Spring Session has no " + type.getSimpleName() + "." + name, e);
        }
    }

    /** What the repository throws is the application's. */
    private static Object call(Method method, Object on, Object... arguments) {
        try {
            return method.invoke(on, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException thrown) {
                throw thrown;
            }
            if (e.getCause() instanceof Error thrown) {
                throw thrown;
            }
            throw new IllegalStateException(e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The interface of this name that a class has; null if it has none. */
    private static Class<?> named(Class<?> type, String name) {
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            if (at.getName().equals(name)) {
                return at;
            }
            for (Class<?> each : at.getInterfaces()) {
                Class<?> found = named(each, name);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }
}
