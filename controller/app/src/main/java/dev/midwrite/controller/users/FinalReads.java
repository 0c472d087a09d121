package dev.midwrite.controller.users;

/**
 * What came of the final reads. What was not answered in the time given is in the history as asked of its node and not
 * answered, so that the checks that need it decide nothing.
 *
 * @param sessions how many sessions were to be read
 * @param reads how many reads were answered
 * @param unanswered how many were tried in vain, and {@code unasked} how many never left
 */
public record FinalReads(long sessions, long reads, long unanswered, long unasked) {

    /** How many reads were to be made. */
    public long wanted() {
        return reads + unanswered + unasked;
    }
}
