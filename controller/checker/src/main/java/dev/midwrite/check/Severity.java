package dev.midwrite.check;

/** What a violation means for the verdict; the profile decides, never the check. */
public enum Severity {
    /** Reported, never gates. */
    INFO,
    /** Reported and counted; gates only where an objective says so. */
    SOFT,
    /** The drill fails. */
    HARD
}
