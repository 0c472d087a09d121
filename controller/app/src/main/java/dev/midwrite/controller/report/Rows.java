package dev.midwrite.controller.report;

import java.util.ArrayList;
import java.util.List;

/** Puts intervals into as few rows as needed so that none covers another; beyond the last row they may. */
final class Rows {
    private final List<Double> ends = new ArrayList<>();
    private final int most;
    private final double gap;

    Rows(int most, double gap) {
        this.most = most;
        this.gap = gap;
    }

    /** The row, from 0, for an interval; intervals come in order of their begin. */
    int place(double from, double to) {
        for (int row = 0; row < ends.size(); row++) {
            if (ends.get(row) + gap <= from) {
                ends.set(row, to);
                return row;
            }
        }
        if (ends.size() < most) {
            ends.add(to);
        }
        return ends.size() - 1;
    }

    int used() {
        return ends.size();
    }
}
