package dev.midwrite.agent.library;

import dev.midwrite.agent.gate.Gate;
import dev.midwrite.agent.point.Call;
import dev.midwrite.agent.point.EntryMap;
import dev.midwrite.agent.point.Library;
import dev.midwrite.agent.point.Point;
import dev.midwrite.agent.point.Role;
import dev.midwrite.agent.point.Waiting;
import dev.midwrite.event.FaultKind;
import dev.midwrite.event.PointKind;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Method;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import net.bytebuddy.asm.Advice;
import org.infinispan.commands.VisitableCommand;
import org.infinispan.commands.write.DataWriteCommand;
import org.infinispan.context.InvocationContext;
import org.infinispan.context.impl.FlagBitSets;
import org.jgroups.Message;
import org.jgroups.util.NameCache;

/**
 * Infinispan's caches in the members of a cluster: the primary owner of an entry sends a change to the backups one after the
 * other, and makes it itself when they have answered.
 *
 * <p>The primary owner need not be the caller's node, and threads that serve all are at work: what belongs together is found
 * by the entry's key, which is the session's id. Keys of other types than String are not seen. A member goes by its name in
 * the cluster: it has no address that both ends know.
 */
final class Infinispan extends Library {
    private static final String OWNER = "org.infinispan.interceptors.distribution.TriangleDistributionInterceptor";
    private static final String CACHE = "org.infinispan.Cache";
    private static final String GONE = "org.infinispan.commons.CacheException";
    private static final String TOGETHER = "each backup has a point of its own";

    Infinispan() {
        super("infinispan");
        keepsMaps();
        point("TriangleDistributionInterceptor.sendToBackups", PointKind.STORE_COMMIT, Role.ADOPT)
                .fails(GONE)
                .holdsUp(Waiting.EVERYBODY)
                .cannot(FaultKind.DROP, TOGETHER)
                .in(List.of(OWNER), Call.of("sendToBackups", 4).with(0, "int"), "Owned", UsualExit.NAME);
        point("JGroupsTransport.send", PointKind.REPLICA_SEND, Role.STEP)
                .fails(GONE)
                .holdsUp(Waiting.EVERYBODY)
                .in(
                        List.of("org.infinispan.remoting.transport.jgroups.JGroupsTransport"),
                        Call.taking("send", "org.jgroups.Message"),
                        "Send",
                        UsualExit.NAME);
        point("AsyncInterceptorChain.invokeAsync", PointKind.REPLICA_APPLY, Role.ADOPT)
                .fails(GONE)
                .holds()
                .holdsUp(Waiting.EVERYBODY)
                .in(
                        List.of("org.infinispan.interceptors.impl.AsyncInterceptorChainImpl"),
                        Call.of("invokeAsync", 2),
                        "Apply");
    }

    /** A cache, what Spring puts around one, or that of the member at which a change was seen. */
    @Override
    public List<EntryMap> maps(Object object) throws ReflectiveOperationException {
        Class<?> cache = type(object, CACHE);
        if (cache == null) {
            return List.of();
        }
        if (cache.isInstance(object)) {
            return List.of(CacheMap.of(object));
        }
        Class<?> around = type(object, "org.infinispan.spring.common.provider.SpringCache");
        if (around != null && around.isInstance(object)) {
            Object inside = around.getMethod("getNativeCache").invoke(object);
            return cache.isInstance(inside) ? List.of(CacheMap.of(inside)) : List.of();
        }
        if (!object.getClass().getName().equals(OWNER)) {
            return List.of();
        }
        Object registry = inField(object, "componentRegistry");
        Object kept = registry.getClass().getMethod("getCache").invoke(registry);
        Object running = type(object, "org.infinispan.factories.impl.ComponentRef")
                .getMethod("running")
                .invoke(kept);
        return List.of(CacheMap.of(running));
    }

    /** What a member holds of a cache, copies too. The objects around one cache are many, what it holds is one. */
    private record CacheMap(String name, Object container, Object keys) implements EntryMap {

        static CacheMap of(Object cache) throws ReflectiveOperationException {
            Object advanced = type(cache, CACHE).getMethod("getAdvancedCache").invoke(cache);
            Class<?> type = type(cache, "org.infinispan.AdvancedCache");
            return new CacheMap(
                    (String) type.getMethod("getName").invoke(advanced),
                    type.getMethod("getDataContainer").invoke(advanced),
                    type.getMethod("getKeyDataConversion").invoke(advanced));
        }

        /** Looks into the member's own memory: nobody else is asked, and nothing counts as a use. */
        @Override
        public void read(Reader reader) throws ReflectiveOperationException {
            Class<?> entries = type(container, "org.infinispan.container.entries.InternalCacheEntry");
            Method key = entries.getMethod("getKey");
            Method end = entries.getMethod("getExpiryTime");
            Method plain = keys.getClass().getMethod("fromStorage", Object.class);
            for (Object entry : (Iterable<?>) container) {
                if (plain.invoke(keys, key.invoke(entry)) instanceof String text) {
                    long ends = (long) end.invoke(entry);
                    reader.entry(text, ends < 0 ? NEVER : Math.max(0, ends - System.currentTimeMillis()));
                }
            }
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof CacheMap map && container == map.container;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(container);
        }
    }

    /** {@code TriangleDistributionInterceptor.sendToBackups}: the primary owner tells the backups; it has not changed its own copy. */
    static final class Owned {
        private Owned() {}

        @Advice.OnMethodEnter(suppress = Throwable.class, skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(
                @Point.Here int point,
                @Advice.This Object interceptor,
                @Advice.Argument(1) Object command,
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token) {
            gate = Gate.open;
            if (gate == null
                    || !(command instanceof DataWriteCommand change)
                    || !(change.getKey() instanceof String key)) {
                return false;
            }
            token = gate.enter(point, interceptor, key, null, null);
            return token != null && gate.skips(token);
        }
    }

    /** {@code JGroupsTransport.send}: to one member, or to all. Whoever waits for an answer waits in vain if it does not go. */
    static final class Send {
        private Send() {}

        @Advice.OnMethodEnter(suppress = Throwable.class, skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(
                @Point.Here int point,
                @Advice.This Object transport,
                @Advice.Argument(0) Message message,
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token) {
            gate = Gate.open;
            if (gate == null || message == null) {
                return false;
            }
            String name = message.getDest() == null ? null : NameCache.get(message.getDest());
            token = gate.enter(point, transport, null, name == null ? "" : name, null, "message");
            return token != null && gate.skips(token);
        }
    }

    /** {@code AsyncInterceptorChain.invokeAsync} of a change that comes from the primary owner. */
    static final class Apply {
        private Apply() {}

        @Advice.OnMethodEnter(suppress = Throwable.class, skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(
                @Point.Here int point,
                @Advice.This Object chain,
                @Advice.Argument(0) InvocationContext context,
                @Advice.Argument(1) VisitableCommand command,
                @Advice.SelfCallHandle(bound = true) MethodHandle call,
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token) {
            gate = Gate.open;
            if (gate == null
                    || context == null
                    || context.isOriginLocal()
                    || !(command instanceof DataWriteCommand change)
                    || !change.hasAnyFlag(FlagBitSets.BACKUP_WRITE)
                    || !(change.getKey() instanceof String key)) {
                return false;
            }
            Object owner = context.getOrigin();
            token = gate.enter(point, chain, key, owner == null ? "" : owner.toString(), null, "Backup changes");
            if (token != null && gate.holds(token)) {
                gate.hold(token, call);
            }
            return token != null && gate.skips(token);
        }

        /** Who waits for it looks at what is returned, and at nothing that is thrown. */
        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(
                @Advice.Enter boolean skipped,
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token,
                @Advice.Return(readOnly = false) CompletableFuture<Object> applied,
                @Advice.Thrown(readOnly = false) Throwable thrown) {
            if (token != null) {
                if (skipped) {
                    applied = CompletableFuture.completedFuture(null); // As if it were there.
                }
                Throwable seen = gate.exit(token, null, null, thrown);
                if (seen != null) {
                    applied = CompletableFuture.failedFuture(seen);
                    thrown = null;
                }
            }
        }
    }
}
