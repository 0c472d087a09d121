package dev.midwrite.agent.it.host;

import java.io.IOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Field;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.ProtectionDomain;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import org.springframework.asm.ClassReader;
import org.springframework.asm.ClassWriter;

/**
 * What a host can see of itself: the agent of a test's own, which leaves everything as it is. Its answers can be compared.
 *
 * <p>Needs {@code --add-opens java.base/java.lang=ALL-UNNAMED}, because the set of shutdown hooks is private.
 */
public final class SelfView {
    private static Instrumentation instrumentation;

    private SelfView() {}

    public static void premain(String arguments, Instrumentation given) throws IOException {
        instrumentation = given;
        InetAddress here = InetAddress.getLoopbackAddress();
        try (ServerSocket server = new ServerSocket(0, 1, here);
                Socket client = new Socket(here, server.getLocalPort())) {
            // The JDK keeps a descriptor from its first socket on.
            client.shutdownOutput();
        }
    }

    /** By the first word of a line; without this agent there are none. */
    static Map<String, Function<String[], String>> answers() {
        if (instrumentation == null) {
            return Map.of();
        }
        Map<String, Function<String[], String>> answers = new TreeMap<>();
        answers.put("threads", words -> threads());
        answers.put("hooks", words -> hooks());
        answers.put("properties", words -> new TreeSet<>(System.getProperties().stringPropertyNames()).toString());
        answers.put(
                "beans",
                words -> ManagementFactory.getPlatformMBeanServer().queryNames(null, null).stream()
                        .map(String::valueOf)
                        .collect(Collectors.toCollection(TreeSet::new))
                        .toString());
        answers.put("code", words -> code(words[1]));
        answers.put("loaders", words -> Long.toString(loaders()));
        return answers;
    }

    private static String threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .sorted()
                .toList()
                .toString();
    }

    private static String hooks() {
        try {
            Field hooks = Class.forName("java.lang.ApplicationShutdownHooks").getDeclaredField("hooks");
            hooks.setAccessible(true);
            return ((Map<?, ?>) hooks.get(null))
                    .keySet().stream().map(String::valueOf).sorted().toList().toString();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * A number made of what the JVM runs for this class, whoever has changed it. Not of the bytes as they come: a JVM that has
     * taken a class back numbers its constants anew.
     */
    private static String code(String name) {
        CRC32 sum = new CRC32();
        ClassFileTransformer last = new ClassFileTransformer() {
            @Override
            public byte[] transform(
                    ClassLoader loader, String path, Class<?> redefined, ProtectionDomain domain, byte[] bytes) {
                if (path.replace('/', '.').equals(name)) {
                    ClassWriter renumbered = new ClassWriter(0);
                    new ClassReader(bytes).accept(renumbered, ClassReader.SKIP_DEBUG);
                    sum.update(renumbered.toByteArray());
                }
                return null;
            }
        };
        instrumentation.addTransformer(last, true);
        try {
            instrumentation.retransformClasses(Class.forName(name));
        } catch (ClassNotFoundException | UnmodifiableClassException e) {
            throw new IllegalStateException(e);
        } finally {
            instrumentation.removeTransformer(last);
        }
        return Long.toHexString(sum.getValue());
    }

    /** Class loaders of Midwrite's agent that are alive, or not collected yet. */
    private static long loaders() {
        System.gc();
        Set<ClassLoader> alive = Arrays.stream(instrumentation.getAllLoadedClasses())
                .map(type -> type.getClassLoader())
                .filter(loader -> loader != null && "midwrite".equals(loader.getName()))
                .collect(Collectors.toSet());
        return alive.size();
    }
}
