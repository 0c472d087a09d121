package dev.midwrite.agent.library;

import dev.midwrite.agent.point.Catalogue;
import dev.midwrite.agent.weave.TestWeaver;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.IllegalClassFormatException;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** Loads a few classes of a library again, woven; everything else is the tests' own. */
public final class WovenLoader extends ClassLoader {
    private final TestWeaver weaver;
    private final Set<String> woven;

    public WovenLoader(Catalogue catalogue, Class<?>... woven) {
        super(WovenLoader.class.getClassLoader());
        this.weaver = new TestWeaver(catalogue);
        this.woven = Arrays.stream(woven).map(Class::getName).collect(Collectors.toUnmodifiableSet());
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
            byte[] bytes = weaver.weave(this, path, plain);
            // A class that carries no point is still loaded here: it may be in the package of one that does.
            byte[] defined = bytes == null ? plain : bytes;
            return defineClass(name, defined, 0, defined.length);
        } catch (IOException | IllegalClassFormatException e) {
            throw new ClassNotFoundException(name, e);
        }
    }
}
