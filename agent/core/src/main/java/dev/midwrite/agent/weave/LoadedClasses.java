package dev.midwrite.agent.weave;

import dev.midwrite.agent.log.AgentLog;
import dev.midwrite.agent.point.Catalogue;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Sends the classes that were loaded before the agent came through the filter: after an attach, what carries a point is
 * most likely in use. One class at a time, so that no pause is long and one that cannot be woven spoils no other.
 */
public final class LoadedClasses {
    private LoadedClasses() {}

    /** On a thread of ours, after the filter has been added: what is loaded meanwhile passes it anyway. */
    public static void weave(Instrumentation instrumentation, Catalogue catalogue) {
        for (Class<?> each : instrumentation.getAllLoadedClasses()) {
            if (each.getClassLoader() == null || each.isInterface() || !instrumentation.isModifiableClass(each)) {
                continue;
            }
            try {
                if (catalogue.classes().contains(path(each)) || isOfFamily(each, catalogue.families())) {
                    instrumentation.retransformClasses(each);
                }
            } catch (UnmodifiableClassException | LinkageError e) {
                AgentLog.warn("could not weave " + each.getName(), e);
            }
        }
    }

    /**
     * Gives classes back the code that they have without us, once the filter has been removed.
     *
     * @return names of those that the JVM did not take back
     */
    public static List<String> restore(Instrumentation instrumentation, Set<String> names) {
        List<String> stay = new ArrayList<>();
        for (Class<?> each : instrumentation.getAllLoadedClasses()) {
            if (names.contains(each.getName())) {
                try {
                    instrumentation.retransformClasses(each);
                } catch (UnmodifiableClassException | LinkageError e) {
                    AgentLog.warn("could not restore " + each.getName(), e);
                    stay.add(each.getName());
                }
            }
        }
        return stay;
    }

    /** It, or anything that it extends or implements; all of these are loaded, so nothing is loaded by looking. */
    private static boolean isOfFamily(Class<?> type, Set<String> families) {
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            String path = path(each);
            for (String family : families) {
                if (path.startsWith(family)) {
                    return true;
                }
            }
            for (Class<?> implemented : each.getInterfaces()) {
                if (isOfFamily(implemented, families)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static String path(Class<?> type) {
        return type.getName().replace('.', '/');
    }
}
