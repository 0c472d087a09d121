package dev.midwrite.controller.report;

/** The two sizes in which a chart is drawn, in user units: for a screen, and for a phone, where a tenth of it would do. */
enum Frame {
    WIDE("is-wide", 1000, 96, 972),
    NARROW("is-narrow", 350, 56, 342);

    private final String style;
    private final double width;
    private final double left;
    private final double right;

    Frame(String style, double width, double left, double right) {
        this.style = style;
        this.width = width;
        this.left = left;
        this.right = right;
    }

    /** Class by which the style sheet shows one of the two. */
    String style() {
        return style;
    }

    double width() {
        return width;
    }

    /** Where the time, or whatever is drawn over, begins; left of it is room for names. */
    double left() {
        return left;
    }

    double right() {
        return right;
    }
}
