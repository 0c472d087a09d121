package dev.midwrite.probe;

import jakarta.servlet.http.HttpSession;
import java.util.ArrayList;
import java.util.List;

/**
 * What the probe keeps in a session: attributes with the prefix {@code mw.} and the principal's name, all of them plain
 * strings, which every serializer gives back as it got them, but for one that is changed in place: a list of one string.
 *
 * <p>Every other change reads the attribute, makes a new value and sets it, as an ordinary application does; there is no lock
 * and nothing is dropped as a duplicate, because that is what is to be seen.
 */
final class ProbeSession {
    static final String INCARNATION = "mw.incarnation";
    private static final String LIST = "mw.list";
    private static final String COUNTER = "mw.counter";
    private static final String DOCUMENT = "mw.document";
    private static final String OBJECT = "mw.object";
    private static final String REGISTER = "mw.register.";
    private static final String GROUP = "mw.group.";
    private static final String LARGE = "mw.large.";
    /** Characters stored beside the stamp: none, some, more than two packets of an Ethernet, some. */
    private static final int[] GROUP_PADDING = {0, 100, 3 * 1024, 700};
    /** Hundreds of attributes, 128 KiB in all. */
    private static final int LARGE_COUNT = 256;

    private static final int LARGE_PADDING = 480;

    private final HttpSession session;
    private String damage;

    ProbeSession(HttpSession session) {
        this.session = session;
    }

    /** What was read so far and is nothing that the probe stores; null if all was sound. */
    String damage() {
        return damage;
    }

    /** The nonce that was stored at creation; 0 if the session has none, so was made by somebody else. */
    long incarnation() {
        String stored = text(INCARNATION);
        return stored == null ? 0 : ProbeText.number(stored, 16, this::damaged);
    }

    void begin(long nonce) {
        session.setAttribute(INCARNATION, ProbeText.hex(nonce));
    }

    /** Whose session it is; null if nobody has logged in. */
    String principal() {
        return text(SessionIndex.PRINCIPAL);
    }

    void principal(String name) {
        session.setAttribute(SessionIndex.PRINCIPAL, name);
    }

    String register(String name) {
        return text(REGISTER + name);
    }

    void register(String name, String value) {
        session.setAttribute(REGISTER + name, value);
    }

    void remove(String name) {
        session.removeAttribute(REGISTER + name);
    }

    /** What the object in the session holds; null if there is none. */
    String object() {
        Object stored = session.getAttribute(OBJECT);
        if (stored == null) {
            return null;
        }
        if (stored instanceof List<?> list && list.size() == 1 && list.get(0) instanceof String text) {
            return text;
        }
        damaged(OBJECT + " is of class " + stored.getClass().getName());
        return ProbeText.DAMAGED;
    }

    /** Changes the object that the session gives out, and does not set it again; sets one if there is none. */
    @SuppressWarnings("unchecked") // Only its own strings are ever put in.
    void object(String value) {
        Object stored = session.getAttribute(OBJECT);
        if (stored instanceof List<?> list && list.size() == 1) {
            ((List<String>) list).set(0, value);
        } else {
            session.setAttribute(OBJECT, new ArrayList<>(List.of(value)));
        }
    }

    long[] list() {
        String stored = text(LIST);
        return stored == null ? new long[0] : ProbeText.numbers(stored, this::damaged);
    }

    long[] append(long id) {
        long[] old = list();
        long[] ids = new long[old.length + 1];
        System.arraycopy(old, 0, ids, 0, old.length);
        ids[old.length] = id;
        session.setAttribute(LIST, ProbeText.joined(ids));
        return ids;
    }

    long counter() {
        String stored = text(COUNTER);
        return stored == null ? 0 : ProbeText.number(stored, 10, this::damaged);
    }

    long increment() {
        long count = counter() + 1;
        session.setAttribute(COUNTER, Long.toString(count));
        return count;
    }

    /** One stamp per attribute, null for none; all attributes are copied before any of them is looked at. */
    String[] group() {
        String[] stamps = texts(GROUP, GROUP_PADDING.length);
        for (int i = 0; i < stamps.length; i++) {
            stamps[i] = ProbeText.unpadded(stamps[i], GROUP_PADDING[i]);
        }
        return stamps;
    }

    void group(String stamp) {
        for (int i = 0; i < GROUP_PADDING.length; i++) {
            session.setAttribute(GROUP + i, ProbeText.padded(stamp, GROUP_PADDING[i]));
        }
    }

    /** As {@link #group()}, of hundreds of attributes. */
    String[] large() {
        String[] stamps = texts(LARGE, LARGE_COUNT);
        for (int i = 0; i < stamps.length; i++) {
            stamps[i] = ProbeText.unpadded(stamps[i], LARGE_PADDING);
        }
        return stamps;
    }

    void large(String stamp) {
        String padded = ProbeText.padded(stamp, LARGE_PADDING);
        for (int i = 0; i < LARGE_COUNT; i++) {
            session.setAttribute(LARGE + i, padded);
        }
    }

    /** Version and parent version, each null for none. */
    String[] document() {
        return ProbeText.pair(text(DOCUMENT));
    }

    String[] document(String version) {
        String[] next = {version, document()[0]};
        session.setAttribute(DOCUMENT, ProbeText.joined(next));
        return next;
    }

    private String[] texts(String prefix, int count) {
        String[] found = new String[count];
        for (int i = 0; i < count; i++) {
            found[i] = text(prefix + i);
        }
        return found;
    }

    /** What is stored; null if nothing is. */
    private String text(String name) {
        Object stored = session.getAttribute(name);
        if (stored == null || stored instanceof String) {
            return (String) stored;
        }
        if (stored instanceof CharSequence) {
            return stored.toString();
        }
        // Something of another type than what was stored is damage, and must not look like "nothing was stored".
        String found = name + " is of class " + stored.getClass().getName();
        damaged(found);
        return ProbeText.DAMAGED;
    }

    private void damaged(String what) {
        damage = damage == null ? what : damage;
    }
}
