package dev.midwrite.agent.weave;

import dev.midwrite.agent.log.AgentLog;
import dev.midwrite.agent.point.Catalogue;
import java.lang.instrument.Instrumentation;
import java.util.concurrent.atomic.AtomicBoolean;

/** Weaves the JDK's own classes, which are loaded already: late, once, and on a thread of ours. Thread-safe. */
public final class JdkPoints {
    private final AtomicBoolean woven = new AtomicBoolean();
    private final Instrumentation instrumentation;
    private final Catalogue catalogue;
    private final ClassFilter filter;

    public JdkPoints(Instrumentation instrumentation, Catalogue catalogue, ClassFilter filter) {
        this.catalogue = catalogue;
        this.instrumentation = instrumentation;
        this.filter = filter;
    }

    /** Does nothing the second time. */
    public void weave() {
        if (!woven.compareAndSet(false, true)) {
            return;
        }
        filter.openJdk();
        for (String name : catalogue.jdkClasses()) {
            try {
                instrumentation.retransformClasses(Class.forName(name.replace('/', '.'), false, null));
            } catch (ReflectiveOperationException | java.lang.instrument.UnmodifiableClassException | LinkageError e) {
                AgentLog.warn("could not weave " + name, e);
            }
        }
    }
}
