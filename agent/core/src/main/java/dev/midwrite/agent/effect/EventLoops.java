package dev.midwrite.agent.effect;

import java.util.Set;

/** Knows the threads that serve many sessions at once and so must never wait for one. Thread-safe. */
final class EventLoops {
    private final Set<String> names;
    private final ClassValue<Boolean> isOne = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            for (Class<?> t = type; t != null; t = t.getSuperclass()) {
                for (String name : names) {
                    if (t.getName().endsWith(name)) {
                        return true;
                    }
                }
            }
            return false;
        }
    };

    /** @param names of the threads' classes, or how they end: applications relocate libraries */
    EventLoops(Set<String> names) {
        this.names = Set.copyOf(names);
    }

    boolean isOne(Thread thread) {
        return isOne.get(thread.getClass());
    }
}
