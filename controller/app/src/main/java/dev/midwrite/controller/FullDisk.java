package dev.midwrite.controller;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** That a disk has no room left: no bug of ours, whatever was being written. */
public final class FullDisk {
    /** How operating systems say so: Linux and macOS, a quota, Windows. */
    private static final List<String> WORDS =
            List.of("no space left on device", "disk quota exceeded", "not enough space on the disk");

    private FullDisk() {}

    /** What the operating system said, if that is what failed or is behind it. */
    public static Optional<String> behind(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .filter(IOException.class::isInstance)
                .map(cause -> String.valueOf(cause.getMessage()))
                .filter(message -> WORDS.stream().anyMatch(message.toLowerCase(Locale.ROOT)::contains))
                .findFirst();
    }
}
