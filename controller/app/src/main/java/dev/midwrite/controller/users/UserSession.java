package dev.midwrite.controller.users;

import java.util.Map;

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
        /** Logged out, or ended by another session of the same principal; only its old id can be tried. */
        ENDED
    }

    private final long label;
    private final Principal principal;
    private final BrowserCookies none;
    private final Map<String, String> credentials;
    private Variables variables;
    private BrowserCookies cookies;
    private BrowserCookies oldCookies;
    private State state = State.NEW;
    private boolean endedElsewhere;
    private Call triesOldId = Call.PROBE_OLD_ID;
    private long incarnation;
    private int home;
    private int last;

    /**
     * @param home number of the node that it is to live on, 0 if the router may choose
     * @param none what its user begins with, without any cookie
     * @param principal whose it is once its user has logged in by name
     * @param credentials of its user, by name
     */
    UserSession(long label, int home, BrowserCookies none, Principal principal, Map<String, String> credentials) {
        this.label = label;
        this.principal = principal;
        this.credentials = credentials;
        this.variables = new Variables(credentials);
        this.home = home;
        this.none = none;
        this.cookies = none.copy();
        this.oldCookies = none.copy();
    }

    long label() {
        return label;
    }

    Principal principal() {
        return principal;
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

    /** What its requests know by name. */
    synchronized Variables variables() {
        return variables;
    }

    synchronized BrowserCookies cookies() {
        return cookies;
    }

    /** As before the first request: a create that failed may have left anything. */
    synchronized void forgetCookies() {
        variables = new Variables(credentials);
        cookies = none.copy();
    }

    /** Goes on with the cookies of a session that ended in the same answer. */
    synchronized void takeCookies(BrowserCookies of) {
        cookies = of.copy();
    }

    /** Keeps the present cookies as those of an id that is about to end. */
    synchronized BrowserCookies copyCookies() {
        return cookies.copy();
    }

    synchronized void oldCookies(BrowserCookies ended) {
        oldCookies = ended;
    }

    /** Somebody else has ended it, and nobody uses it at this time. */
    synchronized void endedElsewhere() {
        oldCookies = cookies.copy();
        state = State.ENDED;
        endedElsewhere = true;
    }

    synchronized boolean isEndedElsewhere() {
        return endedElsewhere;
    }

    synchronized boolean hasOldId() {
        return !oldCookies.isEmpty();
    }

    /** The user has logged out as the application has it; what is asked for with these cookies from then on is this. */
    synchronized void loggedOut(BrowserCookies before, Call again) {
        oldCookies = before;
        triesOldId = again;
        state = State.ENDED;
    }

    /** What the ended id is tried with. */
    synchronized Call triesOldId() {
        return triesOldId;
    }

    /** The ended id, for one request: what it gets back must not reach the user's own cookies. */
    synchronized BrowserCookies oldCookies() {
        return oldCookies.copy();
    }
}
