package dev.midwrite.agent.weave;

import dev.midwrite.agent.log.AgentLog;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;

/**
 * Sends the classes that were loaded before the agent came through the filter: after an attach, what carries a point is
 * most likely in use. One class at a time, so that no pause is long and one that cannot be woven spoils no other.
 */
public final class LoadedClasses {
    private static final String SPRING_SESSION = ClassFilter.SPRING_SESSION.replace('/', '.');

    private LoadedClasses() {}

    /** On a thread of ours, after the filter has been added: what is loaded meanwhile passes it anyway. */
    public static void weave(Instrumentation instrumentation) {
        for (Class<?> each : instrumentation.getAllLoadedClasses()) {
            if (each.getClassLoader() == null || each.isInterface() || !instrumentation.isModifiableClass(each)) {
                continue;
            }
            try {
                if (ClassFilter.LIBRARIES.contains(each.getName().replace('.', '/')) || isOfSpringSession(each)) {
                    instrumentation.retransformClasses(each);
                }
            } catch (UnmodifiableClassException | LinkageError e) {
                AgentLog.warn("could not weave " + each.getName(), e);
            }
        }
    }

    /** It, or anything that it extends or implements; all of these are loaded, so nothing is loaded by looking. */
    private static boolean isOfSpringSession(Class<?> type) {
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            if (each.getName().startsWith(SPRING_SESSION)) {
                return true;
            }
            for (Class<?> implemented : each.getInterfaces()) {
                if (isOfSpringSession(implemented)) {
                    return true;
                }
            }
        }
        return false;
    }
}
