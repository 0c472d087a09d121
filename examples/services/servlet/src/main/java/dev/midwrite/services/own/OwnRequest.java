package dev.midwrite.services.own;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.util.Map;
import java.util.UUID;

/** A request whose session is one of ours. */
final class OwnRequest extends HttpServletRequestWrapper {
    private static final String COOKIE = "OWN";

    private final HttpServletResponse response;
    private final OwnSessions sessions;
    private OwnSession session;
    private boolean sought;

    OwnRequest(HttpServletRequest request, HttpServletResponse response, OwnSessions sessions) {
        super(request);
        this.response = response;
        this.sessions = sessions;
    }

    @Override
    public HttpSession getSession() {
        return getSession(true);
    }

    @Override
    public HttpSession getSession(boolean create) {
        if (!sought) {
            sought = true;
            session = find();
        }
        if (session != null && session.isOver()) {
            sessions.forget(session.getId());
            session = null;
        }
        if (session == null && create) {
            session = new OwnSession(getServletContext(), fresh(), Map.of(), true);
            give();
        }
        return session;
    }

    @Override
    public String changeSessionId() {
        sessions.forget(session.getId());
        session.rename(fresh());
        give();
        return session.getId();
    }

    /** The session as the request leaves it. */
    void save() {
        if (session == null) {
            return;
        }
        if (session.isOver()) {
            sessions.forget(session.getId());
        } else if (session.isChanged()) {
            sessions.keep(session.getId(), session.attributes());
        }
    }

    private OwnSession find() {
        String id = null;
        for (Cookie cookie : getCookies() == null ? new Cookie[0] : getCookies()) {
            id = cookie.getName().equals(COOKIE) ? cookie.getValue() : id;
        }
        Map<String, String> found = id == null ? null : sessions.fetch(id);
        return found == null ? null : new OwnSession(getServletContext(), id, found, false);
    }

    private void give() {
        Cookie cookie = new Cookie(COOKIE, session.getId());
        cookie.setPath("/");
        cookie.setHttpOnly(true);
        response.addCookie(cookie);
    }

    private static String fresh() {
        return UUID.randomUUID().toString();
    }
}
