package dev.midwrite.agent.premain;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * Loads everything but the premain from {@code inst/} of the agent's jar, where classes end in {@code .classdata} so
 * that no other loader takes them for classes.
 *
 * <p>Its own classes come first, then the platform's: neither sees the host's libraries, nor they ours.
 */
final class AgentClassLoader extends ClassLoader implements Closeable {
    static {
        registerAsParallelCapable();
    }

    private static final String ROOT = "inst/";
    private static final String CLASS = ".class";

    private final JarFile jar;
    private final ProtectionDomain domain;

    AgentClassLoader(JarFile jar) throws MalformedURLException {
        super("midwrite", ClassLoader.getPlatformClassLoader());
        this.jar = jar;
        URL location = new File(jar.getName()).toURI().toURL();
        this.domain = new ProtectionDomain(new CodeSource(location, (Certificate[]) null), null, this, null);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (name.startsWith("java.")) { // The gate has such a name too, and must come from java.base.
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded == null) {
                byte[] bytes = bytes(entry(name.replace('.', '/') + CLASS));
                loaded = bytes == null
                        ? super.loadClass(name, false)
                        : defineClass(name, bytes, 0, bytes.length, domain);
            }
            if (resolve) {
                resolveClass(loaded);
            }
            return loaded;
        }
    }

    @Override
    public URL getResource(String name) {
        URL own = findResource(name);
        return own == null ? super.getResource(name) : own;
    }

    @Override
    protected URL findResource(String name) {
        JarEntry entry = entry(name);
        return entry == null ? null : JarUrl.of(jar, entry);
    }

    @Override
    protected Enumeration<URL> findResources(String name) {
        URL own = findResource(name);
        return Collections.enumeration(own == null ? List.of() : List.of(own));
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        List<URL> all = new ArrayList<>(Collections.list(findResources(name)));
        all.addAll(Collections.list(getParent().getResources(name)));
        return Collections.enumeration(all);
    }

    /** What has not been loaded by then cannot be loaded any more. */
    @Override
    public void close() throws IOException {
        jar.close();
    }

    private JarEntry entry(String name) {
        String path = name.endsWith(CLASS) ? name.substring(0, name.length() - CLASS.length()) + ".classdata" : name;
        return jar.getJarEntry(ROOT + path);
    }

    private byte[] bytes(JarEntry entry) {
        if (entry == null) {
            return null;
        }
        try (InputStream from = jar.getInputStream(entry)) {
            return from.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
