package dev.midwrite.agent.premain;

import java.io.File;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.net.URISyntaxException;
import java.util.jar.JarFile;

/** Where the JVM enters. Whatever happens here, the host goes on: a premain that throws would abort it. */
public final class Premain {
    private static final String CORE = "dev.midwrite.agent.run.Core";
    private static final String MATRIX = "dev.midwrite.agent.run.FaultMatrix";

    private Premain() {}

    public static void premain(String arguments, Instrumentation instrumentation) {
        start(arguments, instrumentation, false);
    }

    /** Attached to a running JVM, as far as it allows that; classes already loaded are woven on a thread of ours. */
    public static void agentmain(String arguments, Instrumentation instrumentation) {
        start(arguments, instrumentation, true);
    }

    /** Prints which fault is possible at which point; {@code midwrite faults} asks for it. */
    public static void main(String[] args) throws ReflectiveOperationException, IOException, URISyntaxException {
        try (JarFile jar = ownJar()) {
            System.out.print(Class.forName(MATRIX, true, new AgentClassLoader(jar))
                    .getMethod("text")
                    .invoke(null));
        }
    }

    private static void start(String arguments, Instrumentation instrumentation, boolean attached) {
        try {
            if (isJdkTool() || isSwitchedOff()) {
                return;
            }
            say(core(ownJar(), arguments, instrumentation, attached));
        } catch (InvocationTargetException e) {
            say("did not start: " + e.getCause());
        } catch (Throwable e) {
            say("did not start: " + e);
        }
    }

    private static void say(String line) {
        if (!line.isEmpty()) {
            System.err.println("midwrite: " + line);
        }
    }

    /** keytool, jcmd and their like inherit JAVA_TOOL_OPTIONS and are nobody's session store. */
    private static boolean isJdkTool() {
        String module = System.getProperty("jdk.module.main", "");
        return module.startsWith("jdk.") || module.startsWith("java.");
    }

    private static boolean isSwitchedOff() {
        String environment = System.getenv("MIDWRITE_ENABLED");
        return "false".equals(System.getProperty("midwrite.enabled", environment == null ? "" : environment));
    }

    private static JarFile ownJar() throws IOException, URISyntaxException {
        File file = new File(Premain.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        JarFile jar = new JarFile(file, false);
        if (!Premain.class
                .getName()
                .equals(jar.getManifest().getMainAttributes().getValue("Premain-Class"))) {
            jar.close();
            throw new IOException(file + " is not the agent's own jar; do not repackage it");
        }
        return jar;
    }

    private static String core(JarFile jar, String arguments, Instrumentation instrumentation, boolean attached)
            throws ReflectiveOperationException, IOException {
        ClassLoader loader = new AgentClassLoader(jar);
        return (String) Class.forName(CORE, true, loader)
                .getMethod("start", String.class, Instrumentation.class, boolean.class)
                .invoke(null, arguments, instrumentation, attached);
    }
}
