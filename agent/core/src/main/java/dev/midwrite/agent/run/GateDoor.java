package dev.midwrite.agent.run;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.util.Map;
import java.util.Set;

/**
 * Puts the gate into {@code java.base}.
 *
 * <p>This class must not mention the gate's class: whoever mentions it makes the JVM look for it.
 */
final class GateDoor {
    private static final String GATE = "java.lang.MidwriteGate";

    private GateDoor() {}

    /** @return false if a gate is there already: another copy of the agent runs in this JVM */
    static boolean install(Instrumentation instrumentation) throws IOException, IllegalAccessException {
        if (isThere()) {
            return false;
        }
        // Only to our own loader's module. The premain's module is the host's class path: it must not get java.lang.
        open(instrumentation, "java.lang");
        MethodHandles.privateLookupIn(Object.class, MethodHandles.lookup()).defineClass(bytes());
        return true;
    }

    /** Opens packages of java.base to the agent, and to nobody else. */
    static void open(Instrumentation instrumentation, String... packages) {
        Set<Module> toUs = Set.of(GateDoor.class.getModule());
        Map<String, Set<Module>> opens = new java.util.HashMap<>();
        for (String name : packages) {
            opens.put(name, toUs);
        }
        instrumentation.redefineModule(Object.class.getModule(), Set.of(), Map.of(), opens, Set.of(), Map.of());
    }

    private static boolean isThere() {
        try {
            Class.forName(GATE, false, null);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static byte[] bytes() throws IOException {
        try (InputStream from =
                GateDoor.class.getClassLoader().getResourceAsStream(GATE.replace('.', '/') + ".class")) {
            if (from == null) {
                throw new IOException("the agent's jar holds no " + GATE);
            }
            return from.readAllBytes();
        }
    }
}
