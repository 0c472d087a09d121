package dev.midwrite.drills;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** All files that are written below a directory, also those that are deleted again: each is kept under a second name. */
final class WrittenFiles implements AutoCloseable {
    private static final String TOKEN = ".token";
    private static final String DRAFT = ".draft";

    private final Path directory;
    private final Path kept;
    private final Set<Object> known = new HashSet<>();
    private final Set<String> tokens = new HashSet<>();
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor();

    private final Future<?> looking;

    /** @param kept on the same file system, and not below the other */
    WrittenFiles(Path directory, Path kept) {
        this.directory = directory;
        this.kept = kept;
        looking = watch.scheduleWithFixedDelay(this::look, 0, 20, TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    keep(file, attributes);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException gone) {
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, IOException gone) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized void keep(Path file, BasicFileAttributes attributes) {
        // A draft is moved to its own name at once, and found there.
        if (attributes.isRegularFile() && !file.toString().endsWith(DRAFT) && known.add(attributes.fileKey())) {
            try {
                if (file.getFileName().toString().contains(TOKEN)) {
                    tokens.add(Files.readString(file).strip());
                } else {
                    Files.createLink(kept.resolve(known.size() + "-" + file.getFileName()), file);
                }
            } catch (IOException e) {
                known.remove(attributes.fileKey()); // It may have got another name, under which it is found next.
            }
        }
    }

    /** What is in files of this name, which is meant to be there. */
    synchronized Set<String> tokens() {
        return Set.copyOf(tokens);
    }

    /** All but the tokens' own. */
    List<Path> all() throws IOException {
        if (looking.isDone()) {
            throw new IllegalStateException("nobody has looked for files for some time");
        }
        look();
        try (Stream<Path> files = Files.list(kept)) {
            return files.toList();
        }
    }

    @Override
    public void close() {
        watch.shutdownNow();
    }
}
