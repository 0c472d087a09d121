package dev.midwrite.controller.history;

import dev.midwrite.controller.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * SHA-256 of files below one directory. Written as {@code sha256sum} writes and reads it, so that nobody needs Midwrite to
 * look; a last line, which is a comment to it, is the sum of the lines above.
 *
 * @param sums in hexadecimal digits, by path relative to the directory, with {@code /} on every system
 */
record Checksums(SortedMap<String, String> sums) {
    private static final String BETWEEN = "  ";
    private static final String ALL = "# all of the above: ";

    /** @throws IOException if one of the files cannot be read */
    static Checksums of(Path directory, Collection<String> files) throws IOException {
        SortedMap<String, String> sums = new TreeMap<>();
        for (String file : files) {
            sums.put(file, sum(directory.resolve(file)));
        }
        return new Checksums(sums);
    }

    void write(Path list) throws IOException {
        WholeFile.write(list, text().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Empty if there is no such list.
     *
     * @throws Problem if it cannot be read, or is not as it was written
     */
    static Optional<Checksums> read(Path list) {
        if (!Files.exists(list)) {
            return Optional.empty();
        }
        String text;
        try {
            text = Files.readString(list);
        } catch (IOException e) {
            throw new Problem(list + " cannot be read: " + e.getMessage() + ".", e);
        }
        SortedMap<String, String> sums = new TreeMap<>();
        text.lines().filter(line -> !line.startsWith(ALL)).forEach(line -> {
            int between = line.indexOf(BETWEEN);
            if (between > 0) {
                sums.put(line.substring(between + BETWEEN.length()), line.substring(0, between));
            }
        });
        Checksums read = new Checksums(sums);
        if (!text.equals(read.text())) {
            throw new Problem(list + " is not as it was written.");
        }
        return Optional.of(read);
    }

    private String text() {
        String lines = lines();
        return lines + ALL + sum(lines) + "\n";
    }

    private String lines() {
        return sums.entrySet().stream()
                .map(file -> file.getValue() + BETWEEN + file.getKey() + "\n")
                .collect(Collectors.joining());
    }

    /** Of one file. */
    static String sum(Path file) throws IOException {
        MessageDigest digest = digest();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String sum(String text) {
        return HexFormat.of().formatHex(digest().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
