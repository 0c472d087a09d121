package dev.midwrite.controller.nodes;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The end of a log, for a message to a person. */
public final class LogTail {
    private static final int BYTES = 16 * 1024;

    private LogTail() {}

    /** The last lines that are neither blank nor frames of a stack trace; empty if there is no log. */
    public static List<String> of(Path log, int lines) {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            file.seek(Math.max(0, file.length() - BYTES));
            byte[] end = new byte[(int) (file.length() - file.getFilePointer())];
            file.readFully(end);
            List<String> told = new String(end, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("\t"))
                    .toList();
            return told.subList(Math.max(0, told.size() - lines), told.size());
        } catch (IOException e) {
            return List.of();
        }
    }
}
