package dev.midwrite.agent.premain;

import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** Resources of the agent without {@code jar:} URLs, whose caching a host may switch off or exhaust. */
final class JarUrl extends URLStreamHandler {
    private final JarFile jar;
    private final JarEntry entry;

    private JarUrl(JarFile jar, JarEntry entry) {
        this.jar = jar;
        this.entry = entry;
    }

    static URL of(JarFile jar, JarEntry entry) {
        try {
            return new URL("midwrite", null, -1, "/" + entry.getName(), new JarUrl(jar, entry));
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    protected URLConnection openConnection(URL url) {
        return new URLConnection(url) {
            @Override
            public void connect() {
                connected = true;
            }

            @Override
            public InputStream getInputStream() throws IOException {
                return jar.getInputStream(entry);
            }
        };
    }
}
