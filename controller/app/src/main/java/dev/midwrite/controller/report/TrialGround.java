package dev.midwrite.controller.report;

import java.util.List;

/**
 * Things of one kind beside each other, such as trials, in the order in which they ran.
 *
 * @param name of the kind
 * @param trials their own names
 */
record TrialGround(String name, Frame frame, List<String> trials) implements Ground {
    private static final double WIDEST = 60;

    @Override
    public int columns() {
        return trials.size();
    }

    private double step() {
        return Math.min(WIDEST, (frame.right() - frame.left()) / Math.max(1, trials.size()));
    }

    @Override
    public double x(int column) {
        return frame.left() + column * step();
    }

    @Override
    public double width(int column) {
        return step();
    }

    @Override
    public String label(int column) {
        return trials.get(column);
    }

    /** As many names as have room. */
    @Override
    public void draw(Svg svg, double top, double bottom) {
        svg.line("axis", frame.left(), bottom, frame.right(), bottom);
        double free = 0;
        for (int column = 0; column < columns(); column++) {
            double middle = x(column) + step() / 2;
            double half = Svg.widthOf(label(column)) / 2;
            if (middle - half >= free && middle + half <= frame.width()) {
                svg.text("tick", middle, bottom + 15, "middle", label(column));
                free = middle + half + 8;
            }
        }
    }
}
