package dev.midwrite.controller.report;

/** What a chart is drawn over: columns from left to right, such as stretches of time, or trials. */
interface Ground {

    Frame frame();

    /** What a column is, such as {@code Time}. */
    String name();

    int columns();

    /** Left end of a column, in user units. */
    double x(int column);

    double width(int column);

    /** Which column it is, such as {@code 2.0 – 2.5 s}. */
    String label(int column);

    /** Draws what lies behind the chart between two heights, and the axis below it. */
    void draw(Svg svg, double top, double bottom);
}
