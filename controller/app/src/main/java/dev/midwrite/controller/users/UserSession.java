package dev.midwrite.controller.users;

import java.util.List;
import org.apache.hc.client5.http.cookie.BasicCookieStore;
import org.apache.hc.client5.http.cookie.Cookie;

/**
 * One session of one user, with its cookies. Thread-safe.
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

    /** @param home number of the node that it is to live on, 0 if the router may choose */
    UserSession(long label, int home) {
        this.label = label;
        this.home = home;
    }

    long label() {
        return label;
    }

    synchronized State state() {
        return state;
    }

    synchronized void state(State next) {
        state = next;
    }

    synchronized long incarnation() {
        return incarnation;
    }

    /** Number of the node that a sticky router sends it to; 0 if it has none yet. */
    synchronized int home() {
        return home;
    }

    /** Number of the node of the request before; 0 if there is none. */
    synchronized int last() {
        return last;
    }

    synchronized void sentTo(int node) {
        last = node;
    }

    /** It lives where it was created, wherever it was tried before. */
    synchronized void createdOn(int node, long nonce) {
        home = node;
        incarnation = nonce;
        state = State.OPEN;
    }

    synchronized BasicCookieStore cookies() {
        return cookies;
    }

    /** As before the first request: a create that failed may have left anything. */
    synchronized void forgetCookies() {
        cookies = new BasicCookieStore();
    }

    /** Keeps the present cookies as those of an id that is about to end. */
    synchronized List<Cookie> copyCookies() {
        return List.copyOf(cookies.getCookies());
    }

    synchronized void oldCookies(List<Cookie> ended) {
        oldCookies = ended;
    }

    synchronized boolean hasOldId() {
        return !oldCookies.isEmpty();
    }

    /** A store with the ended id, for one request: what it gets back must not reach the user's own cookies. */
    synchronized BasicCookieStore oldCookies() {
        BasicCookieStore store = new BasicCookieStore();
        oldCookies.forEach(store::addCookie);
        return store;
    }
}
