package dev.midwrite.junit;

/** Where assertions about verdicts begin, in the style of AssertJ, which must be on the class path. */
public final class DrillAssertions {

    private DrillAssertions() {}

    public static DrillVerdictAssert assertThat(DrillVerdict actual) {
        return new DrillVerdictAssert(actual);
    }
}
