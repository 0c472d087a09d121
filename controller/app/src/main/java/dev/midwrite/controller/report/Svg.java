package dev.midwrite.controller.report;

import java.util.Locale;

/** A picture as text. Colours come from the page's style sheet by class names, so that they follow light and dark. */
final class Svg {
    /** Average width of a character at the font size of the style sheet, in user units; on the safe side. */
    private static final double CHARACTER = 6.4;

    private final StringBuilder text = new StringBuilder();

    static double widthOf(String label) {
        return label.length() * CHARACTER;
    }

    void rect(String style, double x, double y, double width, double height, double radius, String title) {
        text.append("<rect class=\"").append(style).append('"');
        attribute("x", x);
        attribute("y", y);
        attribute("width", width);
        attribute("height", height);
        attribute("rx", radius);
        close("rect", title);
    }

    void line(String style, double x1, double y1, double x2, double y2) {
        text.append("<line class=\"").append(style).append('"');
        attribute("x1", x1);
        attribute("y1", y1);
        attribute("x2", x2);
        attribute("y2", y2);
        text.append("/>");
    }

    void diamond(String style, double x, double y, double size, String title) {
        text.append("<path class=\"")
                .append(style)
                .append("\" d=\"M")
                .append(number(x))
                .append(' ')
                .append(number(y - size))
                .append('l')
                .append(number(size))
                .append(' ')
                .append(number(size))
                .append('l')
                .append(number(-size))
                .append(' ')
                .append(number(size))
                .append('l')
                .append(number(-size))
                .append(' ')
                .append(number(-size))
                .append("z\"");
        close("path", title);
    }

    /** @param way the steps of the pen, in SVG's own words */
    void path(String style, String way) {
        if (!way.isEmpty()) {
            text.append("<path class=\"")
                    .append(style)
                    .append("\" d=\"")
                    .append(way)
                    .append("\"/>");
        }
    }

    void circle(String style, double x, double y, double radius, String title) {
        text.append("<circle class=\"").append(style).append('"');
        attribute("cx", x);
        attribute("cy", y);
        attribute("r", radius);
        close("circle", title);
    }

    /** @param anchor start, middle or end */
    void text(String style, double x, double y, String anchor, String content) {
        text.append("<text class=\"")
                .append(style)
                .append("\" text-anchor=\"")
                .append(anchor)
                .append('"');
        attribute("x", x);
        attribute("y", y);
        text.append('>').append(escaped(content)).append("</text>");
    }

    /** The whole picture; how small it may get is the business of the style sheet. */
    String picture(double width, double height, String label) {
        return picture("timeline", width, height, label);
    }

    String picture(String style, double width, double height, String label) {
        return "<svg class=\"" + style + "\" role=\"img\" viewBox=\"0 0 " + number(width) + " " + number(height)
                + "\" aria-label=\"" + escaped(label) + "\">" + text + "</svg>";
    }

    private void attribute(String name, double value) {
        text.append(' ').append(name).append("=\"").append(number(value)).append('"');
    }

    private void close(String tag, String title) {
        if (title.isEmpty()) {
            text.append("/>");
        } else {
            text.append("><title>")
                    .append(escaped(title))
                    .append("</title></")
                    .append(tag)
                    .append('>');
        }
    }

    static String number(double value) {
        String text = String.format(Locale.ROOT, "%.1f", value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
