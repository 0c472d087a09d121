package dev.midwrite.agent.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.agent.point.Library;
import dev.midwrite.event.EventRecord;
import dev.midwrite.event.FaultKind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.support.DefaultLifecycleProcessor;

/** The points of a Spring context's end: one bean that is stopped and destroyed. */
@Tag("long")
class SpringLifecycleTest extends LibraryContract {
    private static final String GROUP = "springcontext.LifecycleGroup.stop";
    private static final String STOP = "springcontext.Lifecycle.stop";
    private static final String DESTROY = "springcontext.DisposableBean.destroy";

    @Override
    Library library() {
        return new SpringLifecycle();
    }

    @Override
    Map<String, Supplier<Subject>> subjects() {
        return Map.of(
                GROUP, () -> new End("stopped"),
                STOP, () -> new End("stopped"),
                DESTROY, () -> new End("destroyed"));
    }

    @Test
    void eachPhaseAndBeanIsNamed() throws Exception {
        try (Rig rig = new Rig(GROUP, new End("stopped"))) {
            rig.prepare();
            rig.open();
            rig.call();
            assertThat(rig.journal.records)
                    .extracting(record -> rig.journal.pointOf(record) + " " + record.edge() + " " + name(record))
                    .containsExactly(
                            GROUP + " BEFORE 42",
                            STOP + " BEFORE client",
                            STOP + " AFTER ",
                            GROUP + " AFTER ",
                            DESTROY + " BEFORE client",
                            DESTROY + " AFTER ");
        }
    }

    @Test
    void whatFailsIsNamedAtItsEnd() throws Exception {
        try (Rig rig = new Rig(DESTROY, new End("destroyed"))) {
            rig.prepare();
            rig.inject(FaultKind.ERROR, dev.midwrite.event.Edge.BEFORE, UnsupportedOperationException.class.getName());
            rig.subject.failsWith(UnsupportedOperationException.class, rig::call);
            assertThat(name(rig.records().get(1))).isEqualTo(UnsupportedOperationException.class.getName());
        }
    }

    private static String name(EventRecord record) {
        return new String(record.payload(), StandardCharsets.UTF_8);
    }

    private static final class End extends Subject {
        private final String effect;
        private Callable<?> context;

        /** @param effect what its bean says when the body ran */
        End(String effect) {
            this.effect = effect;
        }

        @Override
        Class<?>[] classes() {
            try {
                return new Class<?>[] {
                    DefaultLifecycleProcessor.class,
                    Class.forName(DefaultLifecycleProcessor.class.getName() + "$LifecycleGroup"),
                    DefaultSingletonBeanRegistry.class
                };
            } catch (ClassNotFoundException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        List<String> again() {
            return List.of("org.springframework.", Context.class.getName(), Client.class.getName());
        }

        @Override
        void prepare(WovenLoader loader) throws ReflectiveOperationException {
            context = (Callable<?>)
                    loader.loadClass(Context.class.getName()).getConstructor().newInstance();
        }

        @Override
        void call() throws Exception {
            context.call();
        }

        @Override
        boolean bodyRan() {
            return context.toString().contains(effect);
        }
    }

    /** What ends in a context. Public: it is loaded again, beside Spring. */
    public static final class Context implements Callable<Object> {
        private final DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
        private final DefaultLifecycleProcessor lifecycle = new DefaultLifecycleProcessor();
        private final Client client;

        public Context() {
            beans.registerBeanDefinition("client", new RootBeanDefinition(Client.class));
            client = beans.getBean(Client.class);
            lifecycle.setBeanFactory(beans);
            lifecycle.onRefresh();
        }

        @Override
        public Object call() {
            lifecycle.onClose();
            beans.destroySingletons();
            return null;
        }

        @Override
        public String toString() {
            return client.ended;
        }
    }

    /** A store's client, say. Public: it is loaded again, too. */
    public static final class Client implements SmartLifecycle, DisposableBean {
        String ended = "";
        private boolean running;

        @Override
        public void start() {
            running = true;
        }

        @Override
        public void stop() {
            running = false;
            ended += "stopped ";
        }

        @Override
        public boolean isRunning() {
            return running;
        }

        @Override
        public int getPhase() {
            return 42;
        }

        @Override
        public void destroy() {
            ended += "destroyed";
        }
    }
}
