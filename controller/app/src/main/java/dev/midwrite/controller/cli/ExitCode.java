package dev.midwrite.controller.cli;

/** Exit codes besides those of {@link dev.midwrite.check.Verdict}, which are 0 to 5. */
public final class ExitCode {
    /** The environment or an assumption broke after something had been started; the same number as an invalid run. */
    public static final int BROKE = 5;
    /** Refused before anything was started. EX_USAGE of sysexits.h. */
    public static final int REFUSED = 64;
    /** A bug of ours. EX_SOFTWARE of sysexits.h. */
    public static final int INTERNAL = 70;
    /** Ctrl-C: 128 + SIGINT. The JVM itself ends with it when the signal comes. */
    public static final int INTERRUPTED = 130;

    private ExitCode() {}
}
