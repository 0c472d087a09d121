package dev.midwrite.controller.users;

/**
 * What came of the final reads.
 *
 * @param sessions how many sessions were read
 * @param reads how many reads were answered
 * @param unanswered how many were not, within the time given; the checks that need them are not decided
 */
public record FinalReads(long sessions, long reads, long unanswered) {}
