package dev.midwrite.services.reactive;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.springframework.web.server.WebSession;

/**
 * What the probe keeps in a session, all of it as strings with a value's own text first, so that the agent knows it. Every
 * change reads an attribute, makes a new value and puts it, without a lock.
 */
final class ProbeSession {
    private static final String INCARNATION = "mw.incarnation";
    private static final String LIST = "mw.list";
    private static final String COUNTER = "mw.counter";
    private static final String DOCUMENT = "mw.document";
    private static final String OBJECT = "mw.object";
    private static final String REGISTER = "mw.register.";
    private static final String GROUP = "mw.group.";
    private static final String LARGE = "mw.large.";
    private static final String PRINCIPAL = "mw.principal";
    private static final int[] GROUP_PADDING = {0, 100, 3 * 1024, 700};
    private static final int LARGE_COUNT = 256;
    private static final int LARGE_PADDING = 480;
    private static final String DAMAGED = "mw1:damaged";

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

    /** Whose session it is; null if nobody has logged in. */
    String principal() {
        return session.getAttribute(PRINCIPAL);
    }

    void principal(String name) {
        session.getAttributes().put(PRINCIPAL, name);
    }

    /** What the object in the session holds; null if there is none. */
    String object() {
        Object stored = session.getAttribute(OBJECT);
        return stored == null ? null : stored instanceof List<?> list && list.size() == 1 ? text(list.get(0)) : DAMAGED;
    }

    /** Changes the object that the session gives out, and does not put it again; puts one if there is none. */
    void object(String value) {
        List<String> stored = session.getAttribute(OBJECT);
        if (stored == null) {
            session.getAttributes().put(OBJECT, new ArrayList<>(List.of(value)));
        } else {
            stored.set(0, value);
        }
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
        return Long.parseLong(session.getAttributeOrDefault(COUNTER, "0"));
    }

    long increment() {
        long count = counter() + 1;
        session.getAttributes().put(COUNTER, Long.toString(count));
        return count;
    }

    /** One stamp per attribute, null for none; all attributes are copied before any of them is looked at. */
    List<String> group() {
        List<String> found = new ArrayList<>();
        for (int i = 0; i < GROUP_PADDING.length; i++) {
            found.add(text(session.getAttribute(GROUP + i)));
        }
        for (int i = 0; i < GROUP_PADDING.length; i++) {
            found.set(i, unpadded(found.get(i), GROUP_PADDING[i]));
        }
        return found;
    }

    void group(String stamp) {
        for (int i = 0; i < GROUP_PADDING.length; i++) {
            session.getAttributes().put(GROUP + i, padded(stamp, GROUP_PADDING[i]));
        }
    }

    /** Each stamp that one of the many attributes has, once. */
    List<String> large() {
        Set<String> stamps = new LinkedHashSet<>();
        for (int i = 0; i < LARGE_COUNT; i++) {
            stamps.add(unpadded(text(session.getAttribute(LARGE + i)), LARGE_PADDING));
        }
        return new ArrayList<>(stamps);
    }

    void large(String stamp) {
        for (int i = 0; i < LARGE_COUNT; i++) {
            session.getAttributes().put(LARGE + i, padded(stamp, LARGE_PADDING));
        }
    }

    /** Version and parent version, each null for none. */
    String[] document() {
        String pair = text(session.getAttribute(DOCUMENT));
        if (pair == null) {
            return new String[] {null, null};
        }
        int bar = pair.indexOf('|');
        if (bar < 0) {
            return new String[] {DAMAGED, null};
        }
        String parent = pair.substring(bar + 1);
        return new String[] {pair.substring(0, bar), parent.isEmpty() ? null : parent};
    }

    String[] document(String version) {
        String parent = document()[0];
        session.getAttributes().put(DOCUMENT, version + '|' + (parent == null ? "" : parent));
        return document();
    }

    private static String padded(String stamp, int padding) {
        return padding == 0 ? stamp : stamp + '|' + filler(padding);
    }

    private static String unpadded(String stored, int padding) {
        if (stored == null || padding == 0) {
            return stored;
        }
        String end = '|' + filler(padding);
        return stored.endsWith(end) ? stored.substring(0, stored.length() - end.length()) : DAMAGED;
    }

    // Something of another type than what was stored is garbage, and must not look like "nothing was stored".
    private static String text(Object stored) {
        return stored == null || stored instanceof String ? (String) stored : DAMAGED;
    }

    private static String filler(int length) {
        return "abcdefghijklmnop".repeat(length / 16 + 1).substring(0, length);
    }
}
