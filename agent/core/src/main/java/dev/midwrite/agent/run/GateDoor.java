package dev.midwrite.agent.run;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * Puts the gate into {@code java.base}.
 *
 * <p>This class must not mention the gate's class: whoever mentions it makes the JVM look for it.
 */
final class GateDoor {
    private static final String GATE = "java.lang.MidwriteGate";
    private static final String TENANT = "tenant";
    private static final String MADE = "made";

    private GateDoor() {}

    /**
     * Takes the gate, or makes it if no agent has been here before.
     *
     * @return why it cannot be had; empty if it was
     */
    static String install(Instrumentation instrumentation) throws IOException, ReflectiveOperationException {
        byte[] bytes = bytes();
        CRC32 made = new CRC32();
        made.update(bytes);
        // Only to our own loader's module. The premain's module is the host's class path: it must not get java.lang.
        open(instrumentation, "java.lang");
        Class<?> gate = existing();
        if (gate == null) {
            gate = MethodHandles.privateLookupIn(Object.class, MethodHandles.lookup())
                    .defineClass(bytes);
            gate.getField(MADE).setLong(null, made.getValue());
        } else if (gate.getField(TENANT).get(null) != null) {
            return "already in this JVM; this copy does nothing";
        } else if (gate.getField(MADE).getLong(null) != made.getValue()) {
            return "another version was in this JVM, and its gate stays; this one needs a JVM that starts anew";
        }
        gate.getField(TENANT).set(null, "here");
        return "";
    }

    /** Gives it back; the next agent takes it. */
    static void leave() throws ReflectiveOperationException {
        existing().getField(TENANT).set(null, null);
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

    /** Null if there is none. */
    private static Class<?> existing() {
        try {
            return Class.forName(GATE, false, null);
        } catch (ClassNotFoundException e) {
            return null;
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
