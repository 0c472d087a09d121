package dev.midwrite.agent.point;

/** Threads that serve many sessions at once and so must never wait for one. */
final class EventLoops {
    private static final ClassValue<Boolean> IS_ONE = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            for (Class<?> t = type; t != null; t = t.getSuperclass()) {
                // By name and end: applications relocate netty.
                if (t.getName().endsWith(".netty.util.concurrent.FastThreadLocalThread")) {
                    return true;
                }
            }
            return false;
        }
    };

    private EventLoops() {}

    static boolean isOne(Thread thread) {
        return IS_ONE.get(thread.getClass());
    }
}
