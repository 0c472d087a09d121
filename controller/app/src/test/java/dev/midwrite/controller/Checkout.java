package dev.midwrite.controller;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the sources lie, for tests of what ships beside the code. */
public final class Checkout {
    private Checkout() {}

    public static Path root() {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.exists(at.resolve("midwrite"))) {
            at = at.getParent();
        }
        return at;
    }
}
