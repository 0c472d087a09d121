package dev.midwrite.agent.log;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * Lines for whoever runs the agent; thread-safe, never throws.
 *
 * <p>Lines before {@link #to} are lost: the only thing that runs then is the reading of options, whose errors go to
 * the start line.
 */
public final class AgentLog {
    private static File file;
    private static PrintWriter out;

    private AgentLog() {}

    /** Where lines go from now on; the file and its directories are created at the first line. */
    public static synchronized void to(File log) {
        file = log;
        out = null;
    }

    /** Closes the file; what comes later is lost. */
    public static synchronized void close() {
        if (out != null) {
            out.close();
        }
        to(null);
    }

    public static void info(String message) {
        line("INFO", message, null);
    }

    /** @param error null if there is none */
    public static void warn(String message, Throwable error) {
        line("WARN", message, error);
    }

    static synchronized void line(String level, String message, Throwable error) {
        try {
            if (out == null && !open()) {
                return;
            }
            out.println(
                    Instant.now() + " " + level + " [" + Thread.currentThread().getName() + "] " + message);
            if (error != null) {
                error.printStackTrace(out);
            }
            out.flush();
        } catch (Throwable e) { // A log that cannot be written must not become the host's problem.
            file = null;
            out = null;
        }
    }

    private static boolean open() throws IOException {
        if (file == null) {
            return false;
        }
        File directory = file.getAbsoluteFile().getParentFile();
        boolean isOpen = false;
        if (directory != null && !directory.isDirectory()) {
            if (!directory.mkdirs()) {
                throw new IOException("cannot create " + directory);
            }
            isOpen = !ownersAlone(directory);
        }
        out = new PrintWriter(new OutputStreamWriter(new FileOutputStream(file, true), StandardCharsets.UTF_8));
        if (isOpen) {
            line("WARN", "cannot keep " + directory + " from others, who may read the journal in it", null);
        }
        return true;
    }

    /** The journal lies there, too. */
    private static boolean ownersAlone(File directory) {
        return directory.setReadable(false, false)
                && directory.setWritable(false, false)
                && directory.setExecutable(false, false)
                && directory.setReadable(true, true)
                && directory.setWritable(true, true)
                && directory.setExecutable(true, true);
    }
}
