package dev.midwrite.controller.plan;

/**
 * Where a value stands in an answer.
 *
 * @param expression in the language of the source
 * @param attribute of the element that a CSS selector finds; its text if empty
 */
public record Extraction(Source source, String expression, String attribute) {

    /** Languages. */
    public enum Source {
        /** A selector, in a page of HTML. */
        CSS,
        /** A JSON pointer (RFC 6901); of an array all elements. */
        JSON,
        /** The name of a header. */
        HEADER,
        /** A regular expression over the body; its first group, if it has one. */
        REGEX,
        /** The name of a cookie that the user holds. */
        COOKIE
    }

    @Override
    public String toString() {
        return DrillFile.label(source) + " '" + expression + "'" + (attribute.isEmpty() ? "" : " @" + attribute);
    }
}
