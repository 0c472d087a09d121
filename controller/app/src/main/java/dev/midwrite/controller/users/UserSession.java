package dev.midwrite.controller.users;

import java.util.List;
import org.apache.hc.client5.http.cookie.BasicCookieStore;
import org.apache.hc.client5.http.cookie.Cookie;

/**
 * One session of one user, with its cookies. Used by one thread at a time.
 *
 * <p>Its label stays while it lives; a user who logs in anew has a session with another label.
 */
final class UserSession {

    /** What may be done with it. */
    enum State {
        /** No node has created it yet. */
        NEW,
        /** Its user reads and writes. */
        OPEN,
        /** A request of unknown effect may still change it, or it was not found: its user only reads. */
        READ_ONLY,
        /** Logged out; only its old id can be tried. */
        ENDED
    }

    private final long label;
    private BasicCookieStore cookies = new BasicCookieStore();
    private List<Cookie> oldCookies = List.of();
    private State state = State.NEW;
    private long incarnation;
    private int home;
    private int last;

    UserSession(long label) {
        this.label = label;
    }

    long label() {
        return label;
    }

    State state() {
        return state;
    }

    void state(State next) {
        state = next;
    }

    long incarnation() {
        return incarnation;
    }

    void incarnation(long nonce) {
        incarnation = nonce;
    }

    /** Number of the node that a sticky router sends it to; 0 if it has none yet. */
    int home() {
        return home;
    }

    /** Number of the node of the request before; 0 if there is none. */
    int last() {
        return last;
    }

    void sentTo(int node) {
        last = node;
        home = home == 0 ? node : home;
    }

    BasicCookieStore cookies() {
        return cookies;
    }

    /** As before the first request: a create that failed may have left anything. */
    void forgetCookies() {
        cookies = new BasicCookieStore();
    }

    /** Keeps the present cookies as those of an id that is about to end. */
    List<Cookie> copyCookies() {
        return List.copyOf(cookies.getCookies());
    }

    void oldCookies(List<Cookie> ended) {
        oldCookies = ended;
    }

    boolean hasOldId() {
        return !oldCookies.isEmpty();
    }

    /** A store with the ended id, for one request: what it gets back must not reach the user's own cookies. */
    BasicCookieStore oldCookies() {
        BasicCookieStore store = new BasicCookieStore();
        oldCookies.forEach(store::addCookie);
        return store;
    }
}
