package dev.midwrite.controller.users;

import dev.midwrite.controller.plan.UsersSpec;
import dev.midwrite.event.CookieFlaw;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hc.client5.http.cookie.BasicCookieStore;
import org.apache.hc.client5.http.cookie.Cookie;
import org.apache.hc.client5.http.cookie.CookieOrigin;
import org.apache.hc.client5.http.cookie.MalformedCookieException;
import org.apache.hc.client5.http.impl.cookie.RFC6265LaxSpec;
import org.apache.hc.core5.http.message.BasicHeader;

/**
 * The cookies of one session, kept and sent back as a browser would that reaches the service under a name which is not
 * this machine's: RFC 6265, the prefixes {@code __Secure-} and {@code __Host-}, and {@code SameSite=None} only with
 * {@code Secure}. Of an application that gives a session's id in a header of its own and takes it there, that header is
 * kept, too. Thread-safe.
 */
public final class BrowserCookies {
    private static final String SET_COOKIE = "Set-Cookie";
    private static final RFC6265LaxSpec RULES = new RFC6265LaxSpec();

    private final boolean secure;
    private final String idHeader;
    private final BasicCookieStore store = new BasicCookieStore();
    /** Empty if no session is named. */
    private volatile String id = "";

    /** @param secure whether the browser sees https, although a proxy speaks http to the nodes */
    public BrowserCookies(boolean secure) {
        this(secure, "");
    }

    /** @param idHeader name of the header that holds a session's id; empty if cookies alone do */
    public BrowserCookies(boolean secure, String idHeader) {
        this.secure = secure;
        this.idHeader = idHeader;
    }

    /** What these users begin with: none. */
    public static BrowserCookies of(UsersSpec users) {
        return new BrowserCookies(users.tlsTerminated(), users.sessionHeader());
    }

    /** A copy that goes its own way from now on. */
    public BrowserCookies copy() {
        BrowserCookies copy = new BrowserCookies(secure, idHeader);
        store.getCookies().forEach(copy.store::addCookie);
        copy.id = id;
        return copy;
    }

    /** What a browser of this kind begins with. */
    public BrowserCookies none() {
        return new BrowserCookies(secure, idHeader);
    }

    /**
     * A copy with what holds a login: cookies that outlive the browser are for those who come back, and log in anew.
     *
     * @param names of the cookies that hold it; if there are none, those that end with the browser
     */
    public BrowserCookies ofLogin(Set<String> names) {
        BrowserCookies copy = new BrowserCookies(secure, idHeader);
        store.getCookies().stream()
                .filter(cookie -> names.isEmpty() ? !cookie.isPersistent() : names.contains(cookie.getName()))
                .forEach(copy.store::addCookie);
        copy.id = id;
        return copy;
    }

    /** For people: what it holds, without a value. */
    public List<String> names() {
        return Stream.concat(
                        store.getCookies().stream().map(Cookie::getName),
                        id.isEmpty() ? Stream.empty() : Stream.of("the header " + idHeader))
                .toList();
    }

    /** Whether the browser sees https, although a proxy speaks http to the nodes. */
    boolean tlsTerminated() {
        return secure;
    }

    /** Of the cookie with this name; empty if there is none. */
    Optional<String> value(String name) {
        return store.getCookies().stream()
                .filter(cookie -> cookie.getName().equals(name) && cookie.getValue() != null)
                .map(Cookie::getValue)
                .findFirst();
    }

    public boolean isEmpty() {
        return store.getCookies().isEmpty() && id.isEmpty();
    }

    /** Whether what was kept before has another value since, or none. */
    boolean differsFrom(BrowserCookies before) {
        return !id.equals(before.id)
                || before.store.getCookies().stream()
                        .anyMatch(cookie -> !value(cookie.getName()).equals(Optional.ofNullable(cookie.getValue())));
    }

    /** The header that names the session in a request, by its name; empty if no header does. */
    public Map<String, String> idHeader() {
        return id.isEmpty() ? Map.of() : Map.of(idHeader, id);
    }

    /**
     * Takes the session's id if an answer names it in its header; an empty one takes it away.
     *
     * @param answer values of an answer's headers by their name
     */
    public void receiveId(Function<String, List<String>> answer) {
        if (!idHeader.isEmpty()) {
            answer.apply(idHeader).stream().findFirst().ifPresent(given -> id = given.strip());
        }
    }

    /** What goes with a request to this address as the header {@code Cookie}; empty if nothing does. */
    public String header(URI to) {
        CookieOrigin origin = origin(to);
        return store.getCookies().stream()
                .filter(cookie -> !cookie.isExpired(Instant.now()) && RULES.match(cookie, origin))
                .map(cookie -> cookie.getName() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
    }

    /**
     * Takes what an answer set.
     *
     * @param asked the address of the request
     * @param next an address to which the cookies must go back, or the session is lost
     * @param setCookie the values of all headers {@code Set-Cookie}
     * @return one for each cookie that will not go back to {@code next}; a cookie that the answer took away is none
     */
    public List<UnreturnedCookie> receive(URI asked, URI next, List<String> setCookie) {
        List<UnreturnedCookie> lost = new ArrayList<>();
        for (String header : setCookie) {
            receive(header, origin(asked), origin(next)).ifPresent(lost::add);
        }
        return lost;
    }

    private Optional<UnreturnedCookie> receive(String header, CookieOrigin asked, CookieOrigin next) {
        Cookie cookie;
        try {
            List<Cookie> parsed = RULES.parse(new BasicHeader(SET_COOKIE, header), asked);
            if (parsed.isEmpty()) {
                return Optional.empty();
            }
            cookie = parsed.get(0);
        } catch (MalformedCookieException e) {
            return Optional.of(new UnreturnedCookie(
                    header.split("[=;]", 2)[0], CookieFlaw.UNREADABLE, CookieFlaw.UNREADABLE.reason()));
        }
        Optional<UnreturnedCookie> rejected = rejected(cookie, header, asked);
        if (rejected.isPresent()) {
            return rejected;
        }
        boolean removes = takesAway(cookie);
        store.addCookie(cookie);
        if (removes) {
            return Optional.empty();
        }
        if (cookie.isExpired(Instant.now())) {
            return lost(cookie, CookieFlaw.EXPIRED);
        }
        return RULES.match(cookie, next)
                ? Optional.empty()
                : lost(
                        cookie,
                        CookieFlaw.PATH,
                        "its Path is " + cookie.getPath() + ", and the probe's " + next.getPath());
    }

    /** Undertow takes a cookie away with the value that it had, others with none. */
    private boolean takesAway(Cookie cookie) {
        String given = cookie.getValue();
        if (given == null || given.isEmpty()) {
            return true;
        }
        return cookie.isExpired(Instant.now())
                && value(cookie.getName()).filter(given::equals).isPresent();
    }

    /** Why a browser does not even keep it. */
    private static Optional<UnreturnedCookie> rejected(Cookie cookie, String header, CookieOrigin asked) {
        String name = cookie.getName();
        boolean host = name.startsWith("__Host-");
        if (cookie.isSecure() && !asked.isSecure()) {
            return lost(cookie, CookieFlaw.SECURE);
        }
        if ((host || name.startsWith("__Secure-")) && !cookie.isSecure()) {
            return lost(cookie, CookieFlaw.PREFIX, "its name demands Secure, which it is not");
        }
        if (host && (cookie.getAttribute(Cookie.DOMAIN_ATTR) != null || !"/".equals(cookie.getPath()))) {
            return lost(cookie, CookieFlaw.PREFIX, "its name demands Path=/ and no Domain");
        }
        if (sameSite(header).equals("none") && !cookie.isSecure()) {
            return lost(cookie, CookieFlaw.SAME_SITE);
        }
        try {
            RULES.validate(cookie, asked);
            return Optional.empty();
        } catch (MalformedCookieException e) {
            return lost(
                    cookie,
                    CookieFlaw.DOMAIN,
                    "its Domain is " + cookie.getDomain() + ", and the service's host " + asked.getHost());
        }
    }

    private static Optional<UnreturnedCookie> lost(Cookie cookie, CookieFlaw flaw) {
        return lost(cookie, flaw, flaw.reason());
    }

    private static Optional<UnreturnedCookie> lost(Cookie cookie, CookieFlaw flaw, String reason) {
        return Optional.of(new UnreturnedCookie(cookie.getName(), flaw, reason));
    }

    private static String sameSite(String header) {
        for (String part : header.split(";")) {
            String[] pair = part.split("=", 2);
            if (pair.length == 2 && pair[0].strip().equalsIgnoreCase("SameSite")) {
                return pair[1].strip().toLowerCase(Locale.ROOT);
            }
        }
        return "";
    }

    private CookieOrigin origin(URI uri) {
        boolean https = secure || "https".equals(uri.getScheme());
        int port = uri.getPort() >= 0 ? uri.getPort() : https ? 443 : 80;
        String path = uri.getPath() == null || uri.getPath().isEmpty() ? "/" : uri.getPath();
        return new CookieOrigin(uri.getHost(), port, path, https);
    }
}
