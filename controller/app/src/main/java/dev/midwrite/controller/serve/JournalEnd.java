package dev.midwrite.controller.serve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the records themselves cannot say, beside the file of events with the ending {@code .end}: whether more would have
 * come. Without this file a journal is not complete.
 */
record JournalEnd(boolean complete, String damage) {
    static final JournalEnd UNKNOWN = new JournalEnd(false, "");

    private static final String COMPLETE = "complete";
    private static final String DAMAGE = "damage ";

    static JournalEnd read(Path events) throws IOException {
        Path file = beside(events);
        if (!Files.exists(file)) {
            return UNKNOWN;
        }
        boolean complete = false;
        String damage = "";
        for (String line : Files.readAllLines(file)) {
            if (line.equals(COMPLETE)) {
                complete = true;
            } else if (line.startsWith(DAMAGE)) {
                damage = line.substring(DAMAGE.length());
            }
        }
        return new JournalEnd(complete, damage);
    }

    void write(Path events) throws IOException {
        String oneLine = damage.replaceAll("\\s+", " ").strip();
        List<String> lines = new ArrayList<>();
        if (complete) {
            lines.add(COMPLETE);
        }
        if (!oneLine.isEmpty()) {
            lines.add(DAMAGE + oneLine);
        }
        Files.write(beside(events), lines);
    }

    private static Path beside(Path events) {
        String name = events.getFileName().toString();
        return events.resolveSibling(name.substring(0, name.length() - JournalStore.ENDING.length()) + ".end");
    }
}
