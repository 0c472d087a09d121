package dev.midwrite.check.session;

import dev.midwrite.check.Property;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Runs checks; one that throws makes its property unknown, with where it broke, and leaves the others alone. */
public final class Breakage {
    private static final String OWN = "dev.midwrite.";
    /** So many of our own frames, innermost first, tell where to look. */
    private static final int FRAMES = 8;

    private Breakage() {}

    /** Runs the check of this property. */
    public static void contain(Property property, Tally tally, Runnable check) {
        try {
            check.run();
        } catch (RuntimeException | StackOverflowError e) {
            tally.inconclusive(property, 1, sentence(e));
        }
    }

    private static String sentence(Throwable broken) {
        String stack = Arrays.stream(broken.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith(OWN))
                .filter(frame -> !frame.getClassName().equals(Breakage.class.getName()))
                .limit(FRAMES)
                .map(frame ->
                        frame.getClassName().substring(frame.getClassName().lastIndexOf('.') + 1) + "."
                                + frame.getMethodName() + ":" + frame.getLineNumber())
                .collect(Collectors.joining(" < "));
        return "The check broke: " + broken + (stack.isEmpty() ? "." : " at " + stack + ".");
    }
}
