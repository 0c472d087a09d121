package dev.midwrite.controller.audit;

/**
 * The form of a store's keys: text around a session's id.
 *
 * @param prefix before the id; {@code suffix} behind it
 */
record KeyShape(String prefix, String suffix) {
    static final String ID = "{id}";
    private static final String SPRING = "sessions:";

    /**
     * Of {@code namespace:sessions:{id}} as a node reports it. Text with several ids, or none, is no shape.
     *
     * @throws IllegalArgumentException if it is not
     */
    static KeyShape of(String text) {
        int at = text.indexOf(ID);
        if (at < 0 || text.indexOf(ID, at + ID.length()) >= 0) {
            throw new IllegalArgumentException("a key's shape holds " + ID + " once, unlike " + text);
        }
        return new KeyShape(text.substring(0, at), text.substring(at + ID.length()));
    }

    /** Of a drill: Spring Session's namespace, or a whole shape with {@code {id}}. */
    static KeyShape named(String namespace) {
        return namespace.contains(ID) ? of(namespace) : new KeyShape(namespace + ":" + SPRING, "");
    }

    /** Spring Session's own, whatever the namespace. */
    boolean spring() {
        return suffix.isEmpty() && (prefix.endsWith(":" + SPRING) || prefix.equals(SPRING));
    }

    /** The namespace with its colon, such as {@code spring:session:}; only of {@link #spring} shapes. */
    String namespace() {
        return prefix.substring(0, prefix.length() - SPRING.length());
    }

    boolean matches(String key) {
        return key.length() > prefix.length() + suffix.length() && key.startsWith(prefix) && key.endsWith(suffix);
    }

    String id(String key) {
        return key.substring(prefix.length(), key.length() - suffix.length());
    }

    /** For SCAN: keys of the shape, and what Spring Session keeps beside them. A shape is a text, not a pattern. */
    String pattern() {
        return spring() ? escaped(namespace()) + "*" : escaped(prefix) + "*" + escaped(suffix);
    }

    static String escaped(String text) {
        return text.replaceAll("[\\\\*?\\[\\]]", "\\\\$0");
    }

    @Override
    public String toString() {
        return prefix + ID + suffix;
    }
}
