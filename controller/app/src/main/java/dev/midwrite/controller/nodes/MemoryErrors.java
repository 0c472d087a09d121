package dev.midwrite.controller.nodes;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a log says of memory that ran out: most JVMs go on afterwards, with some thread or request less. */
public final class MemoryErrors {
    /**
     * As the JDK words it, with one of its reasons: a mention of the class alone may be a flag that is echoed, such as
     * {@code -XX:+HeapDumpOnOutOfMemoryError}, or a handler's name.
     */
    private static final Pattern ERROR = Pattern.compile("java\\.lang\\.OutOfMemoryError: (Java heap space"
            + "|GC overhead limit exceeded|Metaspace|Compressed class space|Direct buffer memory"
            + "|Cannot reserve \\d+ bytes of direct buffer memory[^)]*\\)?|Requested array size exceeds VM limit"
            + "|unable to create (new )?native thread|UnsafeAllocate|[Oo]ut of swap space).*");

    private MemoryErrors() {}

    /** The first, without what stands before it in its line; empty if there is none or the log cannot be read. */
    public static Optional<String> first(Path log) {
        // Whatever a program prints is read: it need not be UTF-8.
        try (BufferedReader lines = Files.newBufferedReader(log, StandardCharsets.ISO_8859_1)) {
            return lines.lines()
                    .map(ERROR::matcher)
                    .filter(Matcher::find)
                    .map(found -> found.group().strip())
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
