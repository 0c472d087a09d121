package dev.midwrite.drills;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Texts that must not be found in what was written, in any of the forms in which they could have got there. */
final class Marks {
    /** So much of a form is looked up at each byte, so that no mark may be shorter. */
    static final int LEAST = 8;

    private record Form(String mark, String name, byte[] bytes) {}

    private final Map<Long, List<Form>> byBeginning = new HashMap<>();
    private final boolean[] beginnings = new boolean[1 << 16];

    Marks(Collection<String> marks) {
        marks.forEach(this::add);
    }

    private void add(String mark) {
        if (mark.length() < LEAST) {
            throw new IllegalArgumentException("too short to be told from chance: " + mark);
        }
        byte[] utf8 = mark.getBytes(StandardCharsets.UTF_8);
        add(mark, "as it is", utf8);
        add(mark, "UTF-16", mark.getBytes(StandardCharsets.UTF_16LE));
        add(mark, "UTF-16, high bytes first", mark.getBytes(StandardCharsets.UTF_16BE));
        add(mark, "hexadecimal", HexFormat.of().formatHex(utf8));
        add(mark, "hexadecimal", HexFormat.of().withUpperCase().formatHex(utf8));
        add(mark, "backwards", new StringBuilder(mark).reverse().toString());
        add(mark, "upper case", mark.toUpperCase(Locale.ROOT));
        add(mark, "without hyphens", mark.replace("-", ""));
        add(mark, "URL-encoded", URLEncoder.encode(mark, StandardCharsets.UTF_8));
        add(mark, "escaped for HTML", mark.replace("&", "&amp;").replace("<", "&lt;"));
        for (int before = 0; before < 3; before++) {
            add(mark, "Base64", inBase64(utf8, before, Base64.getEncoder()));
            add(mark, "Base64 of URLs", inBase64(utf8, before, Base64.getUrlEncoder()));
        }
    }

    /** What is the same whatever stands around it, if so many bytes stand before it in its group of three. */
    private static String inBase64(byte[] bytes, int before, Base64.Encoder encoder) {
        byte[] moved = new byte[before + bytes.length];
        System.arraycopy(bytes, 0, moved, before, bytes.length);
        String text = encoder.withoutPadding().encodeToString(moved);
        return text.substring(before == 0 ? 0 : before + 1, moved.length / 3 * 4);
    }

    private void add(String mark, String name, String form) {
        add(mark, name, form.getBytes(StandardCharsets.UTF_8));
    }

    private void add(String mark, String name, byte[] bytes) {
        if (bytes.length >= LEAST) {
            long beginning = beginning(bytes, 0);
            byBeginning.computeIfAbsent(beginning, key -> new ArrayList<>()).add(new Form(mark, name, bytes));
            beginnings[(int) beginning & 0xffff] = true;
        }
    }

    /** One sentence for each mark that is there. */
    Set<String> in(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Set<String> found = new TreeSet<>();
        for (int at = 0; at + LEAST <= bytes.length; at++) {
            if (beginnings[(bytes[at] & 0xff) | (bytes[at + 1] & 0xff) << 8]) {
                for (Form form : byBeginning.getOrDefault(beginning(bytes, at), List.of())) {
                    int end = at + form.bytes().length;
                    if (end <= bytes.length && Arrays.equals(bytes, at, end, form.bytes(), 0, form.bytes().length)) {
                        found.add(file + " has " + form.mark() + " (" + form.name() + ") at byte " + at);
                    }
                }
            }
        }
        return found;
    }

    private static long beginning(byte[] bytes, int at) {
        long beginning = 0;
        for (int i = 0; i < LEAST; i++) {
            beginning |= (bytes[at + i] & 0xffL) << (8 * i);
        }
        return beginning;
    }
}
