package dev.midwrite.agent.it.host;

import java.lang.reflect.Field;
import java.util.Locale;

/** Looks for what an agent may have left open. */
public final class PryingHost {

    private PryingHost() {}

    public static void main(String[] args) throws Exception {
        boolean logging = isLoaded("java.util.logging.LogManager");
        Field value = String.class.getDeclaredField("value");
        try {
            value.setAccessible(true);
            System.out.println("java.lang open");
        } catch (RuntimeException e) {
            System.out.println("java.lang closed");
        }
        System.out.println("gate " + (exists("java.lang.MidwriteGate") ? "found" : "missing"));
        System.out.println("agent " + (exists("dev.midwrite.agent.run.Core") ? "visible" : "hidden"));
        System.out.println("log manager " + (logging ? "awake" : "asleep"));
    }

    private static boolean exists(String name) {
        try {
            Class.forName(name, false, PryingHost.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** As the JVM itself counts it: classes of java.logging load only when someone logs. */
    private static boolean isLoaded(String name) throws Exception {
        Process jcmd = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/jcmd",
                        String.valueOf(ProcessHandle.current().pid()),
                        "VM.class_hierarchy",
                        name)
                .start();
        String hierarchy = new String(jcmd.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        return hierarchy.toLowerCase(Locale.ROOT).contains(name.toLowerCase(Locale.ROOT) + "/");
    }
}
