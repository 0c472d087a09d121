package dev.midwrite.agent.weave;

import dev.midwrite.agent.log.AgentLog;
import dev.midwrite.agent.point.Catalogue;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.concurrent.CountDownLatch;

/**
 * Sees every class that the JVM loads, from premain on, and lets only those through to Byte Buddy that may carry a
 * point. A host without a session store pays for this alone.
 *
 * <p>Runs on the host's threads in the middle of class loading: no lambda, no string concatenation, no logging before
 * something has gone wrong.
 */
public final class ClassFilter implements ClassFileTransformer {
    private final ClassLoader agent = ClassFilter.class.getClassLoader();
    private final ClassLoader application = ClassLoader.getSystemClassLoader();
    private final CountDownLatch mainBegan = new CountDownLatch(1);
    private final CountDownLatch firstMatch = new CountDownLatch(1);
    private final Catalogue catalogue;
    private final Families families;
    private final WovenPoints points;
    private volatile boolean jdk;
    private volatile Weaver weaver;

    public ClassFilter(Catalogue catalogue, WovenPoints points) {
        this.catalogue = catalogue;
        this.families = new Families(catalogue.families());
        this.points = points;
    }

    @Override
    public byte[] transform(
            Module module, ClassLoader loader, String name, Class<?> redefined, ProtectionDomain domain, byte[] bytes) {
        try {
            if (loader == agent || name == null) {
                return null;
            }
            if (loader == null) {
                return jdk && catalogue.jdkClasses().contains(name)
                        ? weaver().transform(module, null, name, redefined, domain, bytes)
                        : null;
            }
            if (loader == application && mainBegan.getCount() != 0) {
                mainBegan.countDown();
            }
            if (!catalogue.classes().contains(name) && !families.areNamedIn(bytes)) {
                return null;
            }
            byte[] woven = weaver().transform(module, loader, name, redefined, domain, bytes);
            if (woven != null) {
                firstMatch.countDown();
            }
            return woven;
        } catch (Throwable e) { // The JVM would ignore it; we tell it.
            AgentLog.warn("could not weave " + name, e);
            return null;
        }
    }

    /** Whether the application's own class loader has begun to work. */
    public CountDownLatch mainBegan() {
        return mainBegan;
    }

    /** Whether a class that carries a point has been loaded. */
    public CountDownLatch firstMatch() {
        return firstMatch;
    }

    /** From now on the JDK's classes match too. */
    void openJdk() {
        jdk = true;
    }

    private Weaver weaver() {
        Weaver known = weaver;
        if (known == null) {
            synchronized (this) {
                known = weaver;
                if (known == null) {
                    known = new Weaver(catalogue, points);
                    weaver = known;
                }
            }
        }
        return known;
    }
}
