package dev.midwrite.agent.it.host;

import java.io.File;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.jar.JarFile;

/**
 * Appends to a journal with the classes of the shipped jar, in their own loader, and says the number of each record after
 * it was appended. Two threads append; it never ends by itself.
 *
 * <p>Arguments: the jar, the journal's directory, and after how many records to halt (0: never).
 */
public final class JournalHost {
    private static final byte[] PAYLOAD = "HMSET".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    private static final long CAP = 1L << 30;

    private JournalHost() {}

    public static void main(String[] args) throws Exception {
        Object journal = open(args[0], args[1]);
        Class<?> type = journal.getClass().getClassLoader().loadClass("dev.midwrite.event.EventType");
        Class<?> edge = journal.getClass().getClassLoader().loadClass("dev.midwrite.event.Edge");
        Object operation = type.getMethod("of", int.class).invoke(null, 2);
        Object after = edge.getMethod("of", int.class).invoke(null, 4);
        Method append = null;
        for (Method method : journal.getClass().getMethods()) {
            if (method.getName().equals("append")) {
                append = method;
            }
        }
        Method appending = append;
        long halt = Long.parseLong(args[2]);
        for (int i = 1; i <= 2; i++) {
            long session = i;
            new Thread(() -> {
                        try {
                            while (true) {
                                Object seq = appending.invoke(
                                        journal, operation, session, 2L, 3L, 4L, 5L, 6, after, 1, 7, 8, PAYLOAD);
                                System.out.println(seq);
                                if (halt != 0 && (long) seq >= halt) {
                                    Runtime.getRuntime().halt(9);
                                }
                            }
                        } catch (ReflectiveOperationException e) {
                            throw new IllegalStateException(e);
                        }
                    })
                    .start();
        }
    }

    private static Object open(String jar, String directory) throws Exception {
        URL[] urls = {new File(jar).toURI().toURL()};
        // Never closed: it lives as long as this process.
        @SuppressWarnings("resource")
        URLClassLoader root = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
        Constructor<?> constructor =
                root.loadClass("dev.midwrite.agent.premain.AgentClassLoader").getDeclaredConstructor(JarFile.class);
        constructor.setAccessible(true);
        ClassLoader inside = (ClassLoader) constructor.newInstance(new JarFile(jar));
        Thread.currentThread().setContextClassLoader(inside);
        Object incarnation = inside.loadClass("dev.midwrite.event.Incarnation")
                .getConstructor(String.class, long.class, long.class, long.class, long.class)
                .newInstance("node-1", 1L, 2L, 3L, 4L);
        return inside.loadClass("dev.midwrite.agent.journal.ChronicleJournal")
                .getMethod("open", Path.class, incarnation.getClass(), long.class)
                .invoke(null, Path.of(directory), incarnation, CAP);
    }
}
