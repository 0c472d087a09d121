package dev.midwrite.agent.library;

import dev.midwrite.agent.point.Library;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.eclipse.jetty.session.AbstractSessionDataStore;
import org.eclipse.jetty.session.SessionData;

/** The points of the stores of Jetty's sessions: a store of ours, since all extend the same class. */
class JettySessionsTest extends LibraryContract {
    private static final List<String> POINTS =
            List.of("jetty.SessionDataStore.doStore", "jetty.SessionDataStore.doLoad", "jetty.SessionDataMap.delete");

    @Override
    Library library() {
        return new JettySessions();
    }

    @Override
    Map<String, Supplier<Subject>> subjects() {
        Map<String, Supplier<Subject>> all = new LinkedHashMap<>();
        for (String point : POINTS) {
            all.put(point, () -> new OnStore(point.substring(point.lastIndexOf('.') + 1)));
        }
        return all;
    }

    /** Calls a store that is loaded again, woven. */
    private static final class OnStore extends Subject {
        private final String method;
        private Callable<?> store;

        OnStore(String method) {
            this.method = method;
        }

        @Override
        Class<?>[] classes() {
            return new Class<?>[] {Kept.class};
        }

        @Override
        void prepare(WovenLoader loader) throws ReflectiveOperationException {
            store = (Callable<?>) loader.loadClass(Kept.class.getName())
                    .getConstructor(String.class)
                    .newInstance(method);
        }

        @Override
        void call() throws Exception {
            store.call();
        }

        @Override
        boolean bodyRan() {
            return store.toString().equals("yes");
        }
    }

    /** Keeps nothing; its text is whether it was asked to. Public: it is loaded again. */
    public static final class Kept extends AbstractSessionDataStore implements Callable<Object> {
        private final String method;
        private boolean asked;

        public Kept(String method) {
            this.method = method;
        }

        @Override
        public Object call() throws Exception {
            return switch (method) {
                case "doStore" -> {
                    doStore("an id", data(), 0);
                    yield null;
                }
                case "doLoad" -> doLoad("an id");
                default -> delete("an id");
            };
        }

        @Override
        public String toString() {
            return asked ? "yes" : "no";
        }

        private static SessionData data() {
            return new SessionData("an id", "/", "host", 0, 0, 0, 0);
        }

        @Override
        public void doStore(String id, SessionData data, long lastSave) {
            asked = true;
        }

        @Override
        public SessionData doLoad(String id) {
            asked = true;
            return data();
        }

        @Override
        public boolean delete(String id) {
            asked = true;
            return true;
        }

        @Override
        public boolean doExists(String id) {
            return false;
        }

        @Override
        public boolean isPassivating() {
            return true;
        }

        @Override
        public Set<String> doCheckExpired(Set<String> candidates, long time) {
            return Set.of();
        }

        @Override
        public Set<String> doGetExpired(long before) {
            return Set.of();
        }

        @Override
        public void doCleanOrphans(long before) {
            // There are none.
        }
    }
}
