package dev.midwrite.agent.run;

import java.lang.ref.Reference;
import java.lang.reflect.Array;
import java.lang.reflect.Field;

/**
 * What threads of the host hold of ours: thread-local values that the agent and its libraries have left with them.
 *
 * <p>No thread can remove another one's values. What is done is what the garbage collector does when a key is gone: the
 * entry loses its key, and its owner drops it when it comes by. Needs {@code java.lang} to be open to us.
 */
final class HostThreads {
    private static final ClassLoader OURS = HostThreads.class.getClassLoader();
    private static final ThreadLocal<?> MADE = ThreadLocal.withInitial(Object::new);

    private HostThreads() {}

    /** For all threads that are alive, but virtual ones, which nobody can list; those of ours must have ended. */
    static void forget() throws ReflectiveOperationException {
        forgetGroups();
        Field[] maps = {field(Thread.class, "threadLocals"), field(Thread.class, "inheritableThreadLocals")};
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            for (Field map : maps) {
                Object locals = map.get(thread);
                if (locals != null) {
                    forget(field(locals.getClass(), "table").get(locals));
                }
            }
        }
    }

    /** Before JDK 19 a group of threads is kept by the one above it, even without threads. */
    @SuppressWarnings("removal")
    private static void forgetGroups() {
        ThreadGroup top = Thread.currentThread().getThreadGroup();
        while (top.getParent() != null) {
            top = top.getParent();
        }
        ThreadGroup[] groups = new ThreadGroup[top.activeGroupCount() * 2 + 1];
        int count = top.enumerate(groups, true);
        for (int i = 0; i < count; i++) {
            if (isOurs(groups[i]) && !groups[i].isDestroyed()) {
                groups[i].destroy();
            }
        }
    }

    private static void forget(Object table) throws ReflectiveOperationException {
        for (int i = 0; i < Array.getLength(table); i++) {
            Reference<?> entry = (Reference<?>) Array.get(table, i);
            if (entry != null) {
                Field value = field(entry.getClass(), "value");
                if (isOurs(entry.get()) || isMade(entry.get()) || isOurs(value.get(entry))) {
                    entry.clear();
                    value.set(entry, null);
                }
            }
        }
    }

    /** A ThreadLocal of the JDK's own class that one of ours has made with an initial value. */
    private static boolean isMade(Object key) throws ReflectiveOperationException {
        return key != null
                && key.getClass() == MADE.getClass()
                && isOurs(field(key.getClass(), "supplier").get(key));
    }

    private static boolean isOurs(Object object) {
        return object != null && object.getClass().getClassLoader() == OURS;
    }

    private static Field field(Class<?> type, String name) throws NoSuchFieldException {
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }
}
