package dev.midwrite.services.reactive;

import java.util.ArrayList;
import java.util.List;
import org.springframework.web.server.WebSession;

/** What the probe keeps in a session. Every change reads an attribute, makes a new value and puts it, without a lock. */
final class ProbeSession {
    private static final String INCARNATION = "mw.incarnation";
    private static final String LIST = "mw.list";
    private static final String COUNTER = "mw.counter";
    private static final String DOCUMENT = "mw.document";
    private static final String REGISTER = "mw.register.";
    private static final String GROUP = "mw.group.";
    private static final int[] GROUP_PADDING = {0, 100, 3 * 1024, 700};

    private final WebSession session;

    ProbeSession(WebSession session) {
        this.session = session;
    }

    /** 16 hex digits. */
    String incarnation() {
        return session.getAttributeOrDefault(INCARNATION, "0".repeat(16));
    }

    void begin(String nonce) {
        session.getAttributes().put(INCARNATION, nonce);
    }

    String register(String name) {
        return text(session.getAttribute(REGISTER + name));
    }

    void register(String name, String value) {
        session.getAttributes().put(REGISTER + name, value);
    }

    void remove(String name) {
        session.getAttributes().remove(REGISTER + name);
    }

    /** Request ids as 16 hex digits each. */
    List<String> list() {
        String ids = session.getAttributeOrDefault(LIST, "");
        List<String> list = new ArrayList<>(ids.length() / 16);
        for (int i = 0; i + 16 <= ids.length(); i += 16) {
            list.add(ids.substring(i, i + 16));
        }
        return list;
    }

    List<String> append(String id) {
        session.getAttributes().put(LIST, session.getAttributeOrDefault(LIST, "") + id);
        return list();
    }

    long counter() {
        return session.getAttributeOrDefault(COUNTER, 0L);
    }

    long increment() {
        long count = counter() + 1;
        session.getAttributes().put(COUNTER, count);
        return count;
    }

    /** One stamp per attribute, null for none; all attributes are copied before any of them is looked at. */
    List<String> group() {
        List<Object> found = new ArrayList<>();
        for (int i = 0; i < GROUP_PADDING.length; i++) {
            found.add(session.getAttribute(GROUP + i));
        }
        List<String> stamps = new ArrayList<>();
        for (int i = 0; i < GROUP_PADDING.length; i++) {
            String stored = text(found.get(i));
            String padding = filler(GROUP_PADDING[i]);
            if (stored == null || stored.endsWith(padding)) {
                stamps.add(stored == null ? null : stored.substring(0, stored.length() - padding.length()));
            } else {
                stamps.add("mw1:damaged padding");
            }
        }
        return stamps;
    }

    void group(String stamp) {
        for (int i = 0; i < GROUP_PADDING.length; i++) {
            session.getAttributes().put(GROUP + i, stamp + filler(GROUP_PADDING[i]));
        }
    }

    /** Version and parent version, each null for none. */
    String[] document() {
        String pair = text(session.getAttribute(DOCUMENT));
        if (pair == null) {
            return new String[] {null, null};
        }
        int comma = pair.indexOf(',');
        String parent = pair.substring(comma + 1);
        return new String[] {pair.substring(0, Math.max(0, comma)), parent.isEmpty() ? null : parent};
    }

    String[] document(String version) {
        String parent = document()[0];
        session.getAttributes().put(DOCUMENT, version + "," + (parent == null ? "" : parent));
        return document();
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
