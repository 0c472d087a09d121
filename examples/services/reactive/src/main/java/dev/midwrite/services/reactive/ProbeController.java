package dev.midwrite.services.reactive;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebSession;
import reactor.core.publisher.Mono;

/** The probe's endpoints as its page describes them, over a {@link WebSession}. */
@RestController
class ProbeController {
    private static final String REQUEST = "X-Midwrite-Request";
    private static final String DISPATCH = "/dispatch/";
    private static final int LAST = 8;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String node;
    private final SessionDesk desk;

    ProbeController(@Value("${service.node}") String node, SessionDesk desk) {
        this.node = node;
        this.desk = desk;
    }

    /** One request; its path below the probe's and its parameters. */
    private record Call(String id, HttpMethod method, String path, String value, String name, boolean whole) {
        boolean reads() {
            return method.equals(HttpMethod.GET);
        }
    }

    @RequestMapping("/probe/**")
    Mono<ResponseEntity<?>> answer(ServerWebExchange exchange) {
        var request = exchange.getRequest();
        String id = request.getHeaders().getFirst(REQUEST);
        if (id == null || !id.matches("[0-9a-f]{16}")) {
            return Mono.just(bad("The header " + REQUEST + " must have 16 hex digits."));
        }
        Call call = new Call(
                id,
                request.getMethod(),
                request.getPath().value().substring("/probe".length()),
                request.getQueryParams().getFirst("value"),
                request.getQueryParams().getFirst("name"),
                Boolean.parseBoolean(request.getQueryParams().getFirst("whole")));
        if (call.path().equals("/create") && !call.reads()) {
            return begin(call, exchange).map(reply -> good(call, reply));
        }
        if (call.path().equals("/relogin") && !call.reads()) {
            return relogin(call, exchange).map(reply -> good(call, reply));
        }
        return exchange.getSession().flatMap(session -> answer(call, session));
    }

    private Mono<Map<String, Object>> relogin(Call call, ServerWebExchange exchange) {
        return desk.find(exchange)
                .map(session -> new ProbeSession(session).incarnation())
                .flatMap(ended -> begin(call, exchange).doOnNext(reply -> reply.put("ended", ended)))
                .switchIfEmpty(Mono.fromSupplier(() -> absent(call)));
    }

    private Mono<Map<String, Object>> begin(Call call, ServerWebExchange exchange) {
        return desk.anew(exchange, session -> new ProbeSession(session).begin(nonce()))
                .map(session -> present(call, session));
    }

    private Mono<ResponseEntity<?>> answer(Call call, WebSession session) {
        if (!session.isStarted()) {
            return Mono.just(good(call, absent(call)));
        }
        Map<String, Object> reply = present(call, session);
        if (call.path().equals("/rotate")) {
            return session.changeSessionId().thenReturn(good(call, reply));
        }
        if (call.path().equals("/logout")) {
            return session.invalidate().thenReturn(good(call, reply));
        }
        String problem = fill(reply, call, new ProbeSession(session));
        return Mono.just(problem == null ? good(call, reply) : bad(problem));
    }

    /** Does what is asked for and fills the reply; returns what is wrong with the request, or null. */
    private static String fill(Map<String, Object> reply, Call call, ProbeSession session) {
        boolean register = call.path().startsWith("/register/");
        boolean valued = (register && !call.method().equals(HttpMethod.DELETE))
                || call.path().equals("/group")
                || call.path().equals("/large")
                || call.path().equals("/mutate")
                || call.path().startsWith(DISPATCH)
                || call.path().equals("/document");
        if (valued && !call.reads() && call.value() == null) {
            return "A write needs the parameter value.";
        }
        if (call.path().equals("/principal") && !call.reads() && call.name() == null) {
            return "A login needs the parameter name.";
        }
        if (register) {
            register(reply, call, call.path().substring("/register/".length()), session);
            return null;
        }
        // No request is handed on here: such a register is set like any other.
        if (call.path().startsWith(DISPATCH) && !call.reads()) {
            register(reply, call, call.path().substring(DISPATCH.length()), session);
            return null;
        }
        switch (call.path()) {
            case "/mutate" -> {
                if (!call.reads()) {
                    session.object(call.value());
                }
                reply.put("value", session.object());
            }
            case "/principal", "/principal/end" -> {
                if (!call.reads() && call.path().equals("/principal")) {
                    session.principal(call.name());
                }
                reply.put("principal", session.principal());
                // Its repository keeps no index of names.
                reply.put("sessions", null);
            }
            case "/list" -> list(reply, call, session);
            case "/counter" -> reply.put("value", call.reads() ? session.counter() : session.increment());
            case "/group" -> {
                if (!call.reads()) {
                    session.group(call.value());
                }
                reply.put("group", session.group());
            }
            case "/large" -> {
                if (!call.reads()) {
                    session.large(call.value());
                }
                reply.put("group", session.large());
            }
            case "/document" -> {
                String[] pair = call.reads() ? session.document() : session.document(call.value());
                reply.put("version", pair[0]);
                reply.put("parent", pair[1]);
            }
            case "/alive" -> {
                // That it is there says it all.
            }
            default -> {
                return "There is no probe endpoint " + call.method() + " " + call.path() + ".";
            }
        }
        return null;
    }

    private static void register(Map<String, Object> reply, Call call, String name, ProbeSession session) {
        if (call.method().equals(HttpMethod.DELETE)) {
            session.remove(name);
        } else if (!call.reads()) {
            session.register(name, call.value());
        }
        reply.put("value", session.register(name));
    }

    private static void list(Map<String, Object> reply, Call call, ProbeSession session) {
        List<String> ids = call.reads() ? session.list() : session.append(call.id());
        long hash = 0;
        for (String id : ids) {
            hash = mix(hash, HexFormat.fromHexDigitsToLong(id));
        }
        reply.put("length", ids.size());
        reply.put("hash", HexFormat.of().toHexDigits(hash));
        reply.put("whole", call.whole());
        reply.put("ids", call.whole() ? ids : ids.subList(Math.max(0, ids.size() - LAST), ids.size()));
    }

    // The finaliser of MurmurHash3 (Appleby, public domain); the users compute the same.
    private static long mix(long hash, long id) {
        long k = (hash + 0x9E3779B97F4A7C15L) ^ id;
        k ^= k >>> 33;
        k *= 0xFF51AFD7ED558CCDL;
        k ^= k >>> 33;
        k *= 0xC4CEB9FE1A85EC53L;
        return k ^ (k >>> 33);
    }

    private Map<String, Object> absent(Call call) {
        Map<String, Object> reply = reply(call);
        reply.put("session", false);
        return reply;
    }

    private Map<String, Object> present(Call call, WebSession session) {
        Map<String, Object> reply = reply(call);
        reply.put("session", true);
        reply.put("incarnation", new ProbeSession(session).incarnation());
        return reply;
    }

    private Map<String, Object> reply(Call call) {
        Map<String, Object> reply = new LinkedHashMap<>();
        reply.put("request", call.id());
        reply.put("node", node);
        return reply;
    }

    private static String nonce() {
        long nonce;
        do {
            nonce = RANDOM.nextLong();
        } while (nonce == 0);
        return HexFormat.of().toHexDigits(nonce);
    }

    private static ResponseEntity<?> good(Call call, Map<String, Object> reply) {
        return ResponseEntity.ok()
                .header(REQUEST, call.id())
                .header("Cache-Control", "no-store")
                .contentType(MediaType.APPLICATION_JSON)
                .body(reply);
    }

    private static ResponseEntity<?> bad(String sentence) {
        return ResponseEntity.badRequest().contentType(MediaType.TEXT_PLAIN).body(sentence + "\n");
    }
}
