package dev.midwrite.agent.it.host;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * Has three shutdown hooks: {@code flush} and {@code close} say that they ran, on their own threads; {@code broken} throws. Exits
 * with the number that a line brings.
 */
public final class HookHost {
    private HookHost() {}

    public static void main(String[] args) throws IOException {
        for (String name : new String[] {"flush", "close"}) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println(says(name)), name));
        }
        Runtime.getRuntime().addShutdownHook(new Broken());
        System.out.println("ready");
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        System.exit(Integer.parseInt(lines.readLine()));
    }

    private static String says(String name) {
        return name + " ran on " + Thread.currentThread().getName();
    }

    private static final class Broken extends Thread {
        Broken() {
            super("broken");
        }

        @Override
        public void run() {
            throw new IllegalStateException("a hook's own mistake");
        }
    }
}
