package dev.midwrite.agent.weave;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.IllegalClassFormatException;
import java.util.Set;

/** Loads a few classes of a library again, woven; everything else is the tests' own. */
final class WovenLoader extends ClassLoader {
    final WovenPoints points = new WovenPoints(Set.of());
    private final Weaver weaver = new Weaver(points);
    private final Set<String> woven;

    WovenLoader(Class<?>... woven) {
        super(WovenLoader.class.getClassLoader());
        this.woven = Set.of(java.util.Arrays.stream(woven).map(Class::getName).toArray(String[]::new));
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!woven.contains(name)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? weave(name) : loaded;
        }
    }

    private Class<?> weave(String name) throws ClassNotFoundException {
        String path = name.replace('.', '/');
        try (InputStream from = getParent().getResourceAsStream(path + ".class")) {
            byte[] plain = from.readAllBytes();
            byte[] bytes = weaver.transform(getUnnamedModule(), this, path, null, null, plain);
            if (bytes == null) {
                throw new ClassNotFoundException(name + " carries no point");
            }
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException | IllegalClassFormatException e) {
            throw new ClassNotFoundException(name, e);
        }
    }
}
