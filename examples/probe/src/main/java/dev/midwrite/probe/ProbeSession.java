package dev.midwrite.probe;

import jakarta.servlet.http.HttpSession;
import java.util.Arrays;

/**
 * What the probe keeps in a session: attributes with the prefix {@code mw.}, all of JDK types.
 *
 * <p>Every change reads the attribute, makes a new value and sets it, as an ordinary application does; there is no lock
 * and nothing is dropped as a duplicate, because that is what is to be seen.
 */
final class ProbeSession {
    private static final String INCARNATION = "mw.incarnation";
    private static final String LIST = "mw.list";
    private static final String COUNTER = "mw.counter";
    private static final String DOCUMENT = "mw.document";
    private static final String REGISTER = "mw.register.";
    private static final String GROUP = "mw.group.";
    /** Characters stored beside the stamp: none, some, more than two packets of an Ethernet, some. */
    private static final int[] GROUP_PADDING = {0, 100, 3 * 1024, 700};

    private static final long[] EMPTY = {};

    private final HttpSession session;

    ProbeSession(HttpSession session) {
        this.session = session;
    }

    /** The nonce that was stored at creation; 0 if the session has none, so was made by somebody else. */
    long incarnation() {
        return session.getAttribute(INCARNATION) instanceof Long nonce ? nonce : 0;
    }

    void begin(long nonce) {
        session.setAttribute(INCARNATION, nonce);
    }

    String register(String name) {
        return text(session.getAttribute(REGISTER + name));
    }

    void register(String name, String value) {
        session.setAttribute(REGISTER + name, value);
    }

    void remove(String name) {
        session.removeAttribute(REGISTER + name);
    }

    long[] list() {
        return session.getAttribute(LIST) instanceof long[] ids ? ids : EMPTY;
    }

    long[] append(long id) {
        long[] old = list();
        long[] ids = Arrays.copyOf(old, old.length + 1);
        ids[old.length] = id;
        session.setAttribute(LIST, ids);
        return ids;
    }

    long counter() {
        return session.getAttribute(COUNTER) instanceof Long count ? count : 0;
    }

    long increment() {
        long count = counter() + 1;
        session.setAttribute(COUNTER, count);
        return count;
    }

    /** One stamp per attribute, null for none; all attributes are copied before any of them is looked at. */
    String[] group() {
        Object[] found = new Object[GROUP_PADDING.length];
        for (int i = 0; i < found.length; i++) {
            found[i] = session.getAttribute(GROUP + i);
        }
        String[] stamps = new String[found.length];
        for (int i = 0; i < found.length; i++) {
            stamps[i] = stamp(found[i], GROUP_PADDING[i]);
        }
        return stamps;
    }

    void group(String stamp) {
        for (int i = 0; i < GROUP_PADDING.length; i++) {
            int padding = GROUP_PADDING[i];
            session.setAttribute(GROUP + i, padding == 0 ? stamp : new String[] {stamp, filler(padding)});
        }
    }

    /** Version and parent version, each null for none. */
    String[] document() {
        return session.getAttribute(DOCUMENT) instanceof String[] pair && pair.length == 2
                ? pair
                : new String[] {null, null};
    }

    String[] document(String version) {
        String[] next = {version, document()[0]};
        session.setAttribute(DOCUMENT, next);
        return next;
    }

    private static String stamp(Object stored, int padding) {
        if (padding == 0) {
            return text(stored);
        }
        if (stored instanceof String[] pair && pair.length == 2) {
            return filler(padding).equals(pair[1]) ? pair[0] : "mw1:damaged padding";
        }
        return text(stored);
    }

    // Something of another type than what was stored is garbage, and must not look like "nothing was stored".
    private static String text(Object stored) {
        return stored == null || stored instanceof String
                ? (String) stored
                : "mw1:a " + stored.getClass().getName();
    }

    private static String filler(int length) {
        return "abcdefghijklmnop".repeat(length / 16 + 1).substring(0, length);
    }
}
