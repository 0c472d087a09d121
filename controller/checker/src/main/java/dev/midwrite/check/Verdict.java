package dev.midwrite.check;

/** What a drill proved; the number is the exit code of the command line. */
public enum Verdict {
    PASS(0),
    /** A hard violation. */
    FAIL(1),
    /** No hard violation, but an objective is missed with confidence. */
    GATE_MISSED(2),
    /** Neither proved nor refuted. */
    INCONCLUSIVE(3),
    /** A declared fault had no effect: nothing was tested. */
    VACUOUS(4),
    /** An assumption broke: the history cannot be judged. */
    INVALID(5);

    private final int exitCode;

    Verdict(int exitCode) {
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }
}
