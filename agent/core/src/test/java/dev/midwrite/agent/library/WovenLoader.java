package dev.midwrite.agent.library;

import dev.midwrite.agent.point.Catalogue;
import dev.midwrite.agent.weave.TestWeaver;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.IllegalClassFormatException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Loads a few classes of a library again, woven; everything else is the tests' own. */
public final class WovenLoader extends ClassLoader {
    private final Catalogue catalogue;
    private final List<String> again;
    private final TestWeaver weaver;
    private final Set<String> woven;

    /**
     * @param again beginnings of names of further classes to load here, as they are: those in a package with woven ones
     */
    public WovenLoader(Catalogue catalogue, List<String> again, Class<?>... woven) {
        super(WovenLoader.class.getClassLoader());
        this.catalogue = catalogue;
        this.again = List.copyOf(again);
        this.weaver = new TestWeaver(catalogue);
        this.woven = Arrays.stream(woven).map(Class::getName).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!woven.contains(name) && again.stream().noneMatch(name::startsWith)) {
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
            if (from == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] plain = from.readAllBytes();
            boolean mayCarry = woven.contains(name) || catalogue.classes().contains(path);
            byte[] bytes = mayCarry ? weaver.weave(this, path, plain) : null;
            byte[] defined = bytes == null ? plain : bytes;
            return defineClass(name, defined, 0, defined.length);
        } catch (IOException | IllegalClassFormatException e) {
            throw new ClassNotFoundException(name, e);
        }
    }
}
