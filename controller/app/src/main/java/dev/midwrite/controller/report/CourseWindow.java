package dev.midwrite.controller.report;

import dev.midwrite.check.AnomalyCard;
import dev.midwrite.check.Trial;

/** From the first to the last moment that any picture of the whole drill shows: all have the same axis. */
record CourseWindow(long from, long to) {
    private static final long SECOND = 1_000_000_000L;

    static CourseWindow of(ReportInput input) {
        Trial trial = input.trial();
        long from = input.origin();
        long to = from + SECOND;
        if (!input.curves().empty()) {
            from = Math.min(from, input.curves().from());
            to = Math.max(to, input.curves().to());
        }
        for (Trial.Fault fault : trial.faults()) {
            from = Math.min(from, fault.from());
            to = later(to, fault.to());
        }
        for (NodeInstant instant : input.instants()) {
            to = later(to, instant.at());
        }
        for (AnomalyCard card : input.judgement().cards()) {
            to = later(to, card.violation().at());
        }
        to = later(later(to, trial.healedAt()), trial.settledAt());
        return new CourseWindow(from, to);
    }

    private static long later(long one, long other) {
        return other == Long.MAX_VALUE ? one : Math.max(one, other);
    }

    /** With a little room for what happened last. */
    Scale scale(Frame frame) {
        return new Scale(from, to + (to - from) / 40 + 1, frame.left(), frame.right());
    }
}
