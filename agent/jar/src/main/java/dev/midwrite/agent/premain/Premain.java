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
    /** As the only argument of an attach: the agent that is here leaves. */
    private static final String LEAVE = "leave";

    /** Null while no agent is here. */
    private static AgentClassLoader inside;

    private Premain() {}

    public static void premain(String arguments, Instrumentation instrumentation) {
        start(arguments, instrumentation, false);
    }

    /** Attached to a running JVM, as far as it allows that; classes already loaded are woven on a thread of ours. */
    public static void agentmain(String arguments, Instrumentation instrumentation) {
        if (LEAVE.equals(arguments)) {
            leave();
        } else {
            start(arguments, instrumentation, true);
        }
    }

    /** Prints which fault is possible at which point; {@code midwrite faults} asks for it. */
    public static void main(String[] args) throws ReflectiveOperationException, IOException, URISyntaxException {
        try (JarFile jar = ownJar()) {
            System.out.print(Class.forName(MATRIX, true, new AgentClassLoader(jar))
                    .getMethod("text")
                    .invoke(null));
        }
    }

    private static synchronized void start(String arguments, Instrumentation instrumentation, boolean attached) {
        try {
            if (isJdkTool() || isSwitchedOff()) {
                return;
            }
            AgentClassLoader loader = new AgentClassLoader(ownJar());
            Class<?> core = Class.forName(CORE, true, loader);
            say((String) core.getMethod("start", String.class, Instrumentation.class, boolean.class)
                    .invoke(null, arguments, instrumentation, attached));
            if ((boolean) core.getMethod("isHere").invoke(null)) {
                inside = loader;
            } else {
                loader.close();
            }
        } catch (InvocationTargetException e) {
            say("did not start: " + e.getCause());
        } catch (Throwable e) {
            say("did not start: " + e);
        }
    }

    private static synchronized void leave() {
        AgentClassLoader loader = inside;
        if (loader == null) {
            say("no agent is here");
            return;
        }
        inside = null;
        try {
            say((String) Class.forName(CORE, true, loader).getMethod("leave").invoke(null));
            loader.close();
        } catch (InvocationTargetException e) {
            say("did not leave: " + e.getCause());
        } catch (Throwable e) {
            say("did not leave: " + e);
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
}
