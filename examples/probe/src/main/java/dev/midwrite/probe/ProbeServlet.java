package dev.midwrite.probe;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * The probe endpoints; mount it at a path prefix such as {@code /probe/*}.
 *
 * <pre>
 * POST   create[?keep=true]  new session with a random nonce, its incarnation; or the one that is there
 * GET    alive               is the session there?
 * GET    register/NAME       POST with ?value=…; DELETE removes
 * GET    list[?whole=true]   POST appends the request id
 * GET    counter             POST adds one
 * GET    group               POST with ?value=… sets all attributes of the group to one stamp
 * GET    document            POST with ?value=… makes that the version, and the version before it its parent
 * POST   rotate              new id, same content
 * GET    large               as group, of hundreds of attributes
 * GET    mutate              POST with ?value=… changes an object in place, without setting it again
 * POST   dispatch/HOW        with ?value=…: sets the register HOW in a forward, include, async or error dispatch
 * GET    principal           the sessions of this session's principal; POST with ?name=… logs in by that name
 * POST   principal/end       ends the others of these sessions
 * POST   relogin             ends the session and makes a new one in the same request
 * POST   logout              ends the session
 * </pre>
 *
 * <p>Every reply is 200 and JSON with {@code request} (the header {@code X-Midwrite-Request}, which the response repeats
 * as header too), {@code node}, and {@code session}: false if there is none, in which case nothing was done. Only
 * {@code create} makes a session. The body is never flushed early, so that a framework that saves the session at the
 * end of the request does so before a byte of the reply leaves.
 *
 * <p>Thread-safe. Not for production: whoever reaches it can fill sessions.
 */
@WebServlet(asyncSupported = true)
public final class ProbeServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    /** Request and response header with the id of the logical request, 16 hex digits. */
    public static final String REQUEST_HEADER = "X-Midwrite-Request";

    /** Status that {@code dispatch/error} sends: the application has an error page for it there. */
    public static final int ERROR_STATUS = 418;

    private static final List<String> GIVING_ID = List.of("/create", "/rotate", "/relogin");
    private static final String DISPATCH = "/dispatch/";
    private static final int LAST = 8;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String node;

    /** @param node the name that replies carry */
    public ProbeServlet(String node) {
        this.node = node;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        String id = request.getHeader(REQUEST_HEADER);
        if (id == null || !id.matches("[0-9a-f]{16}")) {
            reject(response, 400, "The header " + REQUEST_HEADER + " must have 16 hex digits.");
            return;
        }
        String path = path(request);
        Call call = new Call(
                request,
                // What dispatches after an error may say GET, whatever was asked; only changes are handed on.
                "GET".equals(request.getMethod()) && request.getDispatcherType() != DispatcherType.ERROR,
                "DELETE".equals(request.getMethod()),
                HexFormat.fromHexDigitsToLong(id));
        if (path.startsWith(DISPATCH) && request.getDispatcherType() == DispatcherType.REQUEST && !call.read()) {
            handOn(call, path, response, id);
            return;
        }
        Reply reply = new Reply().text("request", id).text("node", node);
        String problem = answer(call, path, reply);
        if (GIVING_ID.contains(path)) {
            address(request, response, reply);
        }
        if (problem != null) {
            reject(response, 400, problem);
            return;
        }
        response.setStatus(200);
        prepare(response, id);
        response.getWriter().write(reply.close());
    }

    /** How this application would write an address into a page, if the session's id stands in it. */
    private static void address(HttpServletRequest request, HttpServletResponse response, Reply reply) {
        String plain = request.getRequestURI();
        String written = response.encodeURL(plain);
        if (!plain.equals(written)) {
            reply.text("url", written);
        }
    }

    private static void prepare(HttpServletResponse response, String id) {
        response.setHeader(REQUEST_HEADER, id);
        response.setHeader("Cache-Control", "no-store");
        response.setContentType("application/json");
        response.setCharacterEncoding("UTF-8");
    }

    /** Below the servlet's own; of an include it is the included one. */
    private static String path(HttpServletRequest request) {
        Object included = request.getAttribute(RequestDispatcher.INCLUDE_PATH_INFO);
        String path = included == null ? request.getPathInfo() : included.toString();
        return path == null ? "" : path;
    }

    /** Lets this servlet be called once more for the same request, in another way. */
    private static void handOn(Call call, String path, HttpServletResponse response, String id)
            throws IOException, ServletException {
        HttpServletRequest request = call.request();
        if (call.value() == null) {
            reject(response, 400, "A write needs the parameter value.");
            return;
        }
        RequestDispatcher target = request.getRequestDispatcher(request.getServletPath() + path);
        switch (path.substring(DISPATCH.length())) {
            case "forward" -> target.forward(request, response);
            case "include" -> {
                // What is included cannot set them.
                prepare(response, id);
                target.include(request, response);
            }
            case "async" -> request.startAsync(request, response).dispatch();
            case "error" -> response.sendError(ERROR_STATUS);
            default -> reject(response, 400, "There is no " + path + ".");
        }
    }

    private record Call(HttpServletRequest request, boolean read, boolean delete, long id) {
        String value() {
            return request.getParameter("value");
        }
    }

    /** Fills the reply; returns what is wrong with the request, or null. */
    private static String answer(Call call, String path, Reply reply) {
        if (path.equals("/create") && !call.read()) {
            create(call.request(), reply);
            return null;
        }
        HttpSession found = call.request().getSession(false);
        if (found == null) {
            reply.flag("session", false);
            return null;
        }
        ProbeSession session = new ProbeSession(found);
        if (path.startsWith("/register/")) {
            return register(call, path.substring("/register/".length()), session, reply);
        }
        if (path.startsWith(DISPATCH) && !call.read()) {
            return register(call, path.substring(DISPATCH.length()), session, reply);
        }
        switch (path) {
            case "/principal" -> {
                return principal(call, session, reply);
            }
            case "/principal/end" -> {
                if (call.read()) {
                    return "Sessions are ended by a POST.";
                }
                endOthers(call, found.getId(), session, reply);
            }
            case "/mutate" -> {
                return mutate(call, session, reply);
            }
            case "/group" -> {
                return group(call, session, reply);
            }
            case "/large" -> {
                return large(call, session, reply);
            }
            case "/document" -> {
                return document(call, session, reply);
            }
            case "/list" -> list(call, session, reply);
            case "/counter" -> {
                long count = call.read() ? session.counter() : session.increment();
                present(reply, session).number("value", count);
            }
            case "/alive" -> present(reply, session);
            case "/rotate" -> {
                present(reply, session);
                call.request().changeSessionId();
            }
            case "/relogin" -> {
                long ended = session.incarnation();
                found.invalidate();
                begin(call.request(), reply);
                reply.hex("ended", ended);
            }
            case "/logout" -> {
                present(reply, session);
                found.invalidate();
            }
            default -> {
                return "There is no probe endpoint " + call.request().getMethod() + " " + path + ".";
            }
        }
        return null;
    }

    private static void create(HttpServletRequest request, Reply reply) {
        HttpSession old = request.getSession(false);
        // What a login put there stays: then the session is theirs, and the nonce one attribute more.
        if (old != null && !"true".equals(request.getParameter("keep"))) {
            old.invalidate();
        }
        begin(request, reply);
    }

    private static void begin(HttpServletRequest request, Reply reply) {
        ProbeSession session = new ProbeSession(request.getSession(true));
        long nonce;
        do {
            nonce = RANDOM.nextLong();
        } while (nonce == 0);
        session.begin(nonce);
        present(reply, session);
    }

    private static String register(Call call, String name, ProbeSession session, Reply reply) {
        if (name.isEmpty()) {
            return "A register needs a name.";
        }
        if (call.delete()) {
            session.remove(name);
        } else if (!call.read()) {
            if (call.value() == null) {
                return "A write needs the parameter value.";
            }
            session.register(name, call.value());
        }
        String value = session.register(name);
        present(reply, session).text("value", value);
        return null;
    }

    private static String principal(Call call, ProbeSession session, Reply reply) {
        if (call.read()) {
            String name = session.principal();
            SessionIndex index = name == null ? null : SessionIndex.of(call.request());
            listed(present(reply, session).text("principal", name), index == null ? null : index.sessions(name));
            return null;
        }
        String name = call.request().getParameter("name");
        if (name == null) {
            return "A login needs the parameter name.";
        }
        session.principal(name);
        present(reply, session).text("principal", name);
        return null;
    }

    private static void endOthers(Call call, String own, ProbeSession session, Reply reply) {
        String name = session.principal();
        SessionIndex index = name == null ? null : SessionIndex.of(call.request());
        Map<String, Long> others = null;
        if (index != null) {
            others = index.sessions(name);
            others.remove(own);
            index.end(others.keySet());
        }
        listed(present(reply, session).text("principal", name), others);
    }

    private static void listed(Reply reply, Map<String, Long> sessions) {
        if (sessions == null) {
            reply.text("sessions", null);
        } else {
            reply.hexes(
                    "sessions",
                    sessions.values().stream().mapToLong(Long::longValue).toArray(),
                    0);
        }
    }

    private static String mutate(Call call, ProbeSession session, Reply reply) {
        if (!call.read()) {
            if (call.value() == null) {
                return "A write needs the parameter value.";
            }
            session.object(call.value());
        }
        String value = session.object();
        present(reply, session).text("value", value);
        return null;
    }

    private static String group(Call call, ProbeSession session, Reply reply) {
        if (!call.read()) {
            if (call.value() == null) {
                return "A write needs the parameter value.";
            }
            session.group(call.value());
        }
        String[] stamps = session.group();
        present(reply, session).texts("group", stamps);
        return null;
    }

    private static String large(Call call, ProbeSession session, Reply reply) {
        if (!call.read()) {
            if (call.value() == null) {
                return "A write needs the parameter value.";
            }
            session.large(call.value());
        }
        // Each stamp once: one says that all attributes have it.
        String[] stamps = new LinkedHashSet<>(Arrays.asList(session.large())).toArray(String[]::new);
        present(reply, session).texts("group", stamps);
        return null;
    }

    private static String document(Call call, ProbeSession session, Reply reply) {
        if (!call.read() && call.value() == null) {
            return "A write needs the parameter value.";
        }
        String[] pair = call.read() ? session.document() : session.document(call.value());
        present(reply, session).text("version", pair[0]).text("parent", pair[1]);
        return null;
    }

    private static void list(Call call, ProbeSession session, Reply reply) {
        long[] ids = call.read() ? session.list() : session.append(call.id());
        boolean whole = Boolean.parseBoolean(call.request().getParameter("whole"));
        present(reply, session)
                .number("length", ids.length)
                .hex("hash", ProbeList.hash(ids))
                .flag("whole", whole)
                .hexes("ids", ids, whole ? 0 : Math.max(0, ids.length - LAST));
    }

    private static Reply present(Reply reply, ProbeSession session) {
        reply.flag("session", true).hex("incarnation", session.incarnation());
        return session.damage() == null ? reply : reply.text("damaged", session.damage());
    }

    private static void reject(HttpServletResponse response, int status, String sentence) throws IOException {
        response.setStatus(status);
        response.setContentType("text/plain");
        response.setCharacterEncoding("UTF-8");
        response.getWriter().write(sentence + "\n");
    }
}
