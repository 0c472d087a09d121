package dev.midwrite.agent.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.agent.point.Library;
import dev.midwrite.event.Edge;
import dev.midwrite.event.EventRecord;
import dev.midwrite.event.FaultKind;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.infinispan.commands.VisitableCommand;
import org.infinispan.commands.write.DataWriteCommand;
import org.infinispan.context.InvocationContext;
import org.infinispan.interceptors.AsyncInterceptor;
import org.infinispan.remoting.rpc.RpcManager;
import org.jgroups.EmptyMessage;
import org.jgroups.JChannel;
import org.jgroups.Message;
import org.jgroups.MessageFactory;
import org.junit.jupiter.api.Test;
import org.springframework.objenesis.ObjenesisStd;

/** The points of Infinispan, in parts of a member that was never started. */
class InfinispanTest extends LibraryContract {
    private static final String OWNED = "infinispan.TriangleDistributionInterceptor.sendToBackups";
    private static final String SEND = "infinispan.JGroupsTransport.send";
    private static final String APPLY = "infinispan.AsyncInterceptorChain.invokeAsync";

    @Override
    Library library() {
        return new Infinispan();
    }

    @Override
    Map<String, Supplier<Subject>> subjects() {
        return Map.of(OWNED, () -> new Owned("an id"), SEND, Sent::new, APPLY, () -> new Applied("an id", true, false));
    }

    @Test
    void theSameKeyIsTheSameSessionAtTheOwnerAndAtTheBackup() throws Exception {
        assertThat(sessionOf(OWNED, new Owned("an id")))
                .isNotZero()
                .isEqualTo(sessionOf(APPLY, new Applied("an id", true, false)))
                .isNotEqualTo(sessionOf(APPLY, new Applied("another", true, false)));
    }

    @Test
    void whatIsNoCopyOfASessionIsNone() throws Exception {
        Map<Subject, String> others = Map.of(
                new Owned(7L), OWNED,
                new Applied(7L, true, false), APPLY,
                new Applied("an id", false, false), APPLY,
                new Applied("an id", true, true), APPLY);
        for (Map.Entry<Subject, String> each : others.entrySet()) {
            try (Rig rig = new Rig(each.getValue(), each.getKey())) {
                rig.prepare();
                rig.inject(FaultKind.ERROR, Edge.BEFORE, "");
                rig.call();
                assertThat(rig.subject.bodyRan()).isTrue();
                assertThat(rig.journal.records).isEmpty();
            }
        }
    }

    private static long sessionOf(String point, Subject subject) throws Exception {
        try (Rig rig = new Rig(point, subject)) {
            rig.prepare();
            rig.open();
            rig.call();
            assertThat(rig.records()).hasSize(2);
            return rig.records().stream()
                    .mapToLong(EventRecord::session)
                    .distinct()
                    .sum();
        }
    }

    /** A change that goes to nobody. */
    private static final class Owned extends InMember {
        private static final int TOPOLOGY = 1;
        private final Object key;
        private Object builder;

        Owned(Object key) {
            super("org.infinispan.interceptors.distribution.TriangleDistributionInterceptor");
            this.key = key;
        }

        @Override
        void make() throws ReflectiveOperationException {
            set(made, "triangleOrderManager", order());
            set(made, "rpcManager", proxy(RpcManager.class, (proxy, method, arguments) -> {
                body.incrementAndGet();
                return null;
            }));
            Class<?> type =
                    made.getClass().getClassLoader().loadClass(made.getClass().getName() + "$BackupBuilder");
            builder = proxy(type, (proxy, method, arguments) -> null);
        }

        /** By name: its source refers to annotations that are not published. */
        private static Object order() throws ReflectiveOperationException {
            Object topology = raw(Class.forName("org.infinispan.distribution.LocalizedCacheTopology"));
            set(topology, "topologyId", TOPOLOGY);
            Object order = Class.forName("org.infinispan.distribution.TriangleOrderManager")
                    .getConstructor(int.class)
                    .newInstance(1);
            Class<?> distribution = Class.forName("org.infinispan.distribution.DistributionManager");
            set(order, "distributionManager", proxy(distribution, (proxy, method, arguments) -> topology));
            return order;
        }

        @Override
        void call() throws Exception {
            Object command = proxy(DataWriteCommand.class, (proxy, method, arguments) -> switch (method.getName()) {
                case "getKey" -> key;
                case "getTopologyId" -> TOPOLOGY;
                default -> null;
            });
            call("sendToBackups", 0, command, List.of(), builder);
        }
    }

    /** A message to all. */
    private static final class Sent extends InMember {
        Sent() {
            super("org.infinispan.remoting.transport.jgroups.JGroupsTransport");
        }

        @Override
        void forget() throws ReflectiveOperationException {
            Field types = MessageFactory.class.getDeclaredField("map");
            types.setAccessible(true);
            ((Map<?, ?>) types.get(null)).clear();
        }

        @Override
        void make() throws ReflectiveOperationException {
            Channel channel = (Channel) raw(Channel.class);
            set(channel, "count", body);
            set(made, "channel", channel);
        }

        @Override
        void call() throws Exception {
            call("send", new EmptyMessage(null));
        }
    }

    /** Counts. */
    static final class Channel extends JChannel {
        private AtomicInteger count;

        Channel() throws Exception {}

        @Override
        public JChannel send(Message message) {
            count.incrementAndGet();
            return this;
        }
    }

    /** A change arrives at a chain with one interceptor. */
    private static final class Applied extends InMember {
        private final Object key;
        private final boolean isBackup;
        private final boolean isLocal;

        Applied(Object key, boolean isBackup, boolean isLocal) {
            super("org.infinispan.interceptors.impl.AsyncInterceptorChainImpl");
            this.key = key;
            this.isBackup = isBackup;
            this.isLocal = isLocal;
        }

        @Override
        void make() throws ReflectiveOperationException {
            set(made, "firstInterceptor", proxy(AsyncInterceptor.class, (proxy, method, arguments) -> {
                body.incrementAndGet();
                return "done";
            }));
        }

        @Override
        void call() throws Exception {
            Object context = proxy(
                    InvocationContext.class,
                    (proxy, method, arguments) -> method.getName().equals("isOriginLocal") ? isLocal : null);
            Object command = proxy(DataWriteCommand.class, (proxy, method, arguments) -> switch (method.getName()) {
                case "getKey" -> key;
                case "hasAnyFlag" -> isBackup;
                default -> throw new UnsupportedOperationException(method.getName());
            });
            Method invoke = made.getClass().getMethod("invokeAsync", InvocationContext.class, VisitableCommand.class);
            CompletableFuture<?> applied = (CompletableFuture<?>) invoke.invoke(made, context, command);
            if (applied.isCompletedExceptionally()) {
                throw (Exception) applied.handle((value, failure) -> failure).join();
            }
        }
    }

    /** A part that only a started member would put together. */
    private abstract static class InMember extends Subject {
        final AtomicInteger body = new AtomicInteger();
        private final String type;
        Object made;

        InMember(String type) {
            this.type = type;
        }

        abstract void make() throws ReflectiveOperationException;

        /** What the class has left behind when it was loaded before. */
        void forget() throws ReflectiveOperationException {}

        @Override
        final Class<?>[] classes() {
            try {
                return new Class<?>[] {Class.forName(type, false, InfinispanTest.class.getClassLoader())};
            } catch (ClassNotFoundException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        final List<String> again() {
            return List.of(type.substring(0, type.lastIndexOf('.') + 1));
        }

        @Override
        final void prepare(WovenLoader loader) throws ReflectiveOperationException {
            forget();
            made = raw(loader.loadClass(type));
            make();
            body.set(0);
        }

        @Override
        final boolean bodyRan() {
            return body.get() > 0;
        }

        final void call(String name, Object... arguments) throws Exception {
            for (Method method : made.getClass().getDeclaredMethods()) {
                if (method.getName().equals(name)
                        && method.getParameterCount() == arguments.length
                        && (method.getParameterTypes()[0] == int.class
                                || method.getParameterTypes()[0].isInstance(arguments[0]))) {
                    method.setAccessible(true);
                    try {
                        method.invoke(made, arguments);
                        return;
                    } catch (InvocationTargetException e) {
                        throw e.getCause() instanceof Exception cause ? cause : e;
                    }
                }
            }
            throw new NoSuchMethodException(name);
        }

        /** An object whose constructor has not run: those want a whole member. */
        static Object raw(Class<?> type) {
            return new ObjenesisStd().newInstance(type);
        }

        static Object proxy(Class<?> type, InvocationHandler handler) {
            return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler);
        }

        static void set(Object of, String name, Object value) throws ReflectiveOperationException {
            for (Class<?> type = of.getClass(); type != null; type = type.getSuperclass()) {
                for (Field field : type.getDeclaredFields()) {
                    if (field.getName().equals(name)) {
                        field.setAccessible(true);
                        field.set(of, value);
                        return;
                    }
                }
            }
            throw new NoSuchFieldException(name);
        }
    }
}
