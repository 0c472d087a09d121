package dev.midwrite.agent.library;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.cluster.Address;
import com.hazelcast.core.EntryView;
import com.hazelcast.internal.serialization.Data;
import com.hazelcast.internal.serialization.InternalSerializationService;
import com.hazelcast.internal.serialization.impl.DefaultSerializationServiceBuilder;
import com.hazelcast.map.IMap;
import com.hazelcast.spi.impl.NodeEngine;
import dev.midwrite.agent.point.EntryMap;
import dev.midwrite.agent.point.Library;
import dev.midwrite.event.Edge;
import dev.midwrite.event.EventRecord;
import dev.midwrite.event.FaultKind;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.springframework.objenesis.ObjenesisStd;

/** The points of Hazelcast, in parts of a member that was never started. */
class HazelcastTest extends LibraryContract {
    private static final String OWNED = "hazelcast.OperationBackupHandler.sendBackups0";
    private static final String SEND = "hazelcast.OutboundOperationHandler.send";
    private static final String APPLY = "hazelcast.MapOperation.runBackup";
    private static final String OPERATIONS = "com.hazelcast.map.impl.operation.";
    private static final String SERVICE = "com.hazelcast.spi.impl.operationservice.";

    @Override
    Library library() {
        return new Hazelcast();
    }

    @Override
    Map<String, Supplier<Subject>> subjects() {
        return Map.of(OWNED, () -> new Owned("an id"), SEND, Sent::new, APPLY, () -> new Applied("an id"));
    }

    @Test
    void theSameKeyIsTheSameSessionAtTheOwnerAndAtTheBackup() throws Exception {
        assertThat(sessionOf(OWNED, new Owned("an id")))
                .isNotZero()
                .isEqualTo(sessionOf(APPLY, new Applied("an id")))
                .isNotEqualTo(sessionOf(APPLY, new Applied("another")));
    }

    @Test
    void tellsWhatAMemberOwnsOfAMapAndWhatAClientSees() throws Exception {
        assertThat(entries(map("sessions", Set.of("an id", 7), Set.of("an id", "another"))))
                .containsOnlyKeys("an id");
        assertThat(entries(map("sessions", Set.of(), Set.of("an id", "another"))))
                .as("it owns nothing")
                .containsOnlyKeys("an id", "another");
        assertThat(entries(map("sessions", null, Set.of("another")))).containsEntry("another", EntryMap.NEVER);
    }

    private static Map<String, Long> entries(Object map) throws ReflectiveOperationException {
        Map<String, Long> entries = new HashMap<>();
        List<EntryMap> maps = new Hazelcast().maps(map);
        assertThat(maps).extracting(EntryMap::name).containsExactly("sessions");
        maps.get(0).read(entries::put);
        return entries;
    }

    /** @param own null if there is no member here that could own any */
    private static IMap<?, ?> map(String name, Set<?> own, Set<?> all) {
        return (IMap<?, ?>) InMember.proxy(IMap.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "getName" -> name;
            case "localKeySet" -> {
                if (own == null) {
                    throw new UnsupportedOperationException();
                }
                yield own;
            }
            case "keySet" -> all;
            case "getEntryView" ->
                InMember.proxy(
                        EntryView.class,
                        (view, question, none) ->
                                question.getName().equals("getExpirationTime") ? Long.MAX_VALUE : null);
            default -> throw new IllegalStateException(method.getName());
        });
    }

    @Test
    void anEntryWithAKeyOfAnotherTypeIsNoSession() throws Exception {
        for (Map.Entry<String, Subject> each :
                Map.of(OWNED, new Owned(7L), APPLY, (Subject) new Applied(7L)).entrySet()) {
            try (Rig rig = new Rig(each.getKey(), each.getValue())) {
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

    /** A backup that removes an entry from a record store. */
    private static final class Applied extends InMember {
        Applied(Object key) {
            super(key);
        }

        @Override
        Class<?>[] classes() {
            return classes(OPERATIONS + "RemoveBackupOperation");
        }

        @Override
        void make(WovenLoader loader) throws ReflectiveOperationException {
            operation = operation(loader, OPERATIONS + "RemoveBackupOperation");
            Class<?> store = loader.loadClass("com.hazelcast.map.impl.recordstore.RecordStore");
            set(operation, "recordStore", proxy(store, (proxy, method, arguments) -> {
                body.incrementAndGet();
                return null;
            }));
        }

        @Override
        void call() throws Exception {
            call(operation, "runInternal");
        }
    }

    /** A change of a map that has no backups. */
    private static final class Owned extends InMember {
        private Object handler;

        Owned(Object key) {
            super(key);
        }

        @Override
        Class<?>[] classes() {
            return classes(SERVICE + "impl.OperationBackupHandler");
        }

        @Override
        void make(WovenLoader loader) throws ReflectiveOperationException {
            operation = operation(loader, OPERATIONS + "DeleteOperation");
            Class<?> container = loader.loadClass("com.hazelcast.map.impl.MapContainer");
            set(operation, "mapContainer", proxy(container, (proxy, method, arguments) -> {
                body.incrementAndGet();
                return 0;
            }));
            handler = raw(loader.loadClass(SERVICE + "impl.OperationBackupHandler"));
        }

        @Override
        void call() throws Exception {
            call(handler, "sendBackups0", operation);
        }
    }

    /** A backup for a member to which there is no connection. */
    private static final class Sent extends InMember {
        private Object handler;
        private Address target;

        Sent() {
            super("an id");
        }

        @Override
        Class<?>[] classes() {
            return classes(SERVICE + "impl.OutboundOperationHandler");
        }

        @Override
        void make(WovenLoader loader) throws ReflectiveOperationException, java.net.UnknownHostException {
            operation = raw(loader.loadClass(SERVICE + "impl.operations.Backup"));
            target = new Address("127.0.0.1", 5702);
            Class<?> connections = loader.loadClass("com.hazelcast.internal.server.ServerConnectionManager");
            Object manager = proxy(connections, (proxy, method, arguments) -> {
                body.incrementAndGet();
                return false;
            });
            Object node = raw(loader.loadClass("com.hazelcast.instance.impl.Node"));
            set(node, "server", proxy(loader.loadClass("com.hazelcast.internal.server.Server"), (p, m, a) -> manager));
            handler = raw(loader.loadClass(SERVICE + "impl.OutboundOperationHandler"));
            set(handler, "node", node);
            Class<?> serialization = InternalSerializationService.class;
            set(handler, "serializationService", proxy(serialization, (proxy, method, arguments) -> new byte[8]));
            set(handler, "thisAddress", new Address("127.0.0.1", 5701));
        }

        @Override
        void call() throws Exception {
            call(handler, "send", operation, target);
        }
    }

    /** Parts that only a started member would put together. */
    private abstract static class InMember extends Subject {
        private static final InternalSerializationService DATA = new DefaultSerializationServiceBuilder().build();

        final AtomicInteger body = new AtomicInteger();
        Object operation;
        private final Object key;

        InMember(Object key) {
            this.key = key;
        }

        abstract void make(WovenLoader loader) throws ReflectiveOperationException, java.net.UnknownHostException;

        @Override
        List<String> again() {
            return List.of(OPERATIONS, SERVICE + "impl.Operation", SERVICE + "impl.Outbound");
        }

        @Override
        void prepare(WovenLoader loader) throws ReflectiveOperationException {
            try {
                make(loader);
            } catch (java.net.UnknownHostException e) {
                throw new IllegalStateException(e);
            }
            body.set(0);
        }

        @Override
        boolean bodyRan() {
            return body.get() > 0;
        }

        final Object operation(WovenLoader loader, String type) throws ReflectiveOperationException {
            Object made = raw(loader.loadClass(type));
            set(made, "dataKey", DATA.<Data>toData(key));
            set(
                    made,
                    "nodeEngine",
                    proxy(
                            NodeEngine.class,
                            (proxy, method, arguments) ->
                                    method.getName().equals("toObject") ? DATA.toObject(arguments[0]) : null));
            return made;
        }

        static Class<?>[] classes(String name) {
            try {
                return new Class<?>[] {Class.forName(name, false, HazelcastTest.class.getClassLoader())};
            } catch (ClassNotFoundException e) {
                throw new IllegalStateException(e);
            }
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

        static void call(Object of, String name, Object... arguments) throws Exception {
            for (Method method : of.getClass().getDeclaredMethods()) {
                if (method.getName().equals(name)
                        && method.getParameterCount() == arguments.length
                        && takes(method, arguments)) {
                    method.setAccessible(true);
                    try {
                        method.invoke(of, arguments);
                        return;
                    } catch (InvocationTargetException e) {
                        throw e.getCause() instanceof Exception cause ? cause : e;
                    }
                }
            }
            throw new NoSuchMethodException(name);
        }

        private static boolean takes(Method method, Object[] arguments) {
            for (int i = 0; i < arguments.length; i++) {
                if (!method.getParameterTypes()[i].isInstance(arguments[i])) {
                    return false;
                }
            }
            return true;
        }
    }
}
