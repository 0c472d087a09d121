package dev.midwrite.controller.identity;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files and directories that nobody but their owner can read. */
public final class PrivateFiles {
    private static final FileAttribute<Set<PosixFilePermission>> DIRECTORY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private PrivateFiles() {}

    /** Makes it, and those above it, as far as they are not there; those that are stay as they are. */
    public static Path directory(Path directory) throws IOException {
        return Files.createDirectories(directory, DIRECTORY);
    }

    /** @throws java.nio.file.FileAlreadyExistsException if it is there already */
    public static Path newDirectory(Path directory) throws IOException {
        return Files.createDirectory(directory, DIRECTORY);
    }

    /** Whoever reads it meanwhile reads all of it, or what was there before. */
    public static void write(Path file, String text) throws IOException {
        Path draft = draft(file, text);
        try {
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /** Of several at the same time one writes it, all of it. */
    static void writeIfMissing(Path file, String text) throws IOException {
        Path draft = draft(file, text);
        try {
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException e) {
            // Somebody was faster.
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /** Whether somebody else may read it. */
    static boolean isOpen(Path file) throws IOException {
        return Files.getPosixFilePermissions(file).stream()
                .anyMatch(permission -> !permission.name().startsWith("OWNER"));
    }

    /** Beside it, so that it can take its place at once; such files are the owner's alone from the beginning. */
    private static Path draft(Path file, String text) throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        directory(parent);
        return Files.writeString(Files.createTempFile(parent, ".", ".draft"), text);
    }
}
