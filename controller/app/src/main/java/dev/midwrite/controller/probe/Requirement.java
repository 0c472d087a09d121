package dev.midwrite.controller.probe;

import dev.midwrite.event.Mix;
import dev.midwrite.event.ProbeValue;
import dev.midwrite.event.RequestHeaders;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

/**
 * One sentence of the probe's contract, and how to see whether it is kept.
 *
 * @param gate whether nothing after it can be tried without it
 */
record Requirement(String sentence, boolean gate, Trial trial) {

    /** Throws {@link Unmet} with what came instead. */
    interface Trial {
        void on(Visitor visitor) throws InterruptedException;
    }

    private static final String ONE = ProbeValue.of(1);
    private static final String TWO = ProbeValue.of(2);
    private static final String NO_INCARNATION = "0".repeat(16);

    /** In the order in which they are tried. */
    static final List<Requirement> ALL = List.of(
            gate("without a session, says so and does nothing", Requirement::absent),
            of("repeats the request's id in the header X-Midwrite-Request", visitor -> {
                String echo = visitor.ask("GET", "/alive").header(RequestHeaders.REQUEST);
                need(echo.equals(visitor.lastRequest()), "X-Midwrite-Request: " + echo);
            }),
            of("repeats the request's id in the field request", visitor -> {
                ProbeReply reply = visitor.ask("GET", "/alive");
                need(reply.text("request").equals(visitor.lastRequest()), reply);
            }),
            of("names its node", visitor -> {
                ProbeReply reply = visitor.ask("GET", "/alive");
                need(!reply.text("node").isEmpty(), reply);
            }),
            of("forbids caching with Cache-Control: no-store", visitor -> {
                String caching = visitor.ask("GET", "/alive").header("Cache-Control");
                need(caching.contains("no-store"), "Cache-Control: " + caching);
            }),
            of("rejects a request without an id with 400 and without an echo", visitor -> {
                rejected(visitor.send("GET", "/alive", ""));
                rejected(visitor.send("GET", "/alive", "xyz"));
            }),
            gate("create makes a session with an incarnation", visitor -> {
                ProbeReply reply = visitor.ask("POST", "/create");
                String incarnation = reply.text("incarnation");
                need(
                        reply.session() && incarnation.matches("[0-9a-f]{16}") && !incarnation.equals(NO_INCARNATION),
                        reply);
            }),
            gate("create sets a cookie that a browser sends back", visitor -> {
                visitor.ask("POST", "/create");
                visitor.unreturned().stream().findFirst().ifPresent(cookie -> {
                    throw new Unmet("the cookie " + cookie.name() + " is not sent back because " + cookie.reason());
                });
                need(!visitor.cookieHeader().isEmpty(), "no cookie");
            }),
            gate("alive shows the session that was made", visitor -> {
                ProbeReply made = visitor.ask("POST", "/create");
                same(made, visitor.ask("GET", "/alive"));
            }),
            of("gives every session an incarnation of its own", visitor -> {
                ProbeReply first = visitor.twin().ask("POST", "/create");
                ProbeReply second = visitor.ask("POST", "/create");
                need(!first.text("incarnation").equals(second.text("incarnation")), second);
            }),
            of("create ends the session that was there", visitor -> {
                ProbeReply first = visitor.ask("POST", "/create");
                Visitor before = visitor.twin();
                visitor.ask("POST", "/create");
                gone(before, first);
            }),
            of("keeps a register", visitor -> {
                visitor.ask("POST", "/create");
                value(visitor, "GET", "/register/a", null);
                value(visitor, "POST", "/register/a?value=" + ONE, ONE);
                value(visitor, "POST", "/register/a?value=" + TWO, TWO);
                value(visitor, "GET", "/register/a", TWO);
            }),
            of("keeps registers of different names apart", visitor -> {
                visitor.ask("POST", "/create");
                value(visitor, "POST", "/register/a?value=" + ONE, ONE);
                value(visitor, "POST", "/register/b-2?value=" + TWO, TWO);
                value(visitor, "GET", "/register/a", ONE);
            }),
            of("removes a register", visitor -> {
                visitor.ask("POST", "/create");
                value(visitor, "POST", "/register/a?value=" + ONE, ONE);
                value(visitor, "DELETE", "/register/a", null);
                value(visitor, "GET", "/register/a", null);
            }),
            of("rejects a change without its value with 400 and without an echo", visitor -> {
                visitor.ask("POST", "/create");
                rejected(visitor.send("POST", "/register/a", "00000000000000ff"));
                rejected(visitor.send("POST", "/group", "00000000000000ff"));
            }),
            of("rejects an unknown path with 400 and without an echo", visitor -> {
                visitor.ask("POST", "/create");
                rejected(visitor.send("GET", "/no-such-thing", "00000000000000ff"));
            }),
            of("appends to the list, and shows its length and its last 8 ids in order", visitor -> {
                ProbeReply reply = appended(visitor, 10, new ArrayList<>());
                need(reply.json().path("length").asInt(-1) == 10, reply);
                List<String> last = ids(reply);
                need(last.size() == 8 && last.get(7).equals(visitor.lastRequest()), reply);
                need(ids(visitor.ask("GET", "/list")).equals(last), reply);
            }),
            of("commits to the list with the hash of the page", visitor -> {
                List<String> asked = new ArrayList<>();
                ProbeReply reply = appended(visitor, 3, asked);
                long hash = 0;
                for (String id : asked) {
                    hash = Mix.mix(hash, HexFormat.fromHexDigitsToLong(id));
                }
                need(reply.text("hash").equals(HexFormat.of().toHexDigits(hash)), reply);
            }),
            of("shows the whole list when asked, and says so in the field whole", visitor -> {
                List<String> asked = new ArrayList<>();
                ProbeReply last = appended(visitor, 10, asked);
                ProbeReply whole = visitor.ask("GET", "/list?whole=true");
                need(whole.json().path("whole").asBoolean(false) && ids(whole).equals(asked), whole);
                need(
                        last.json().path("whole").isBoolean()
                                && !last.json().path("whole").booleanValue(),
                        last);
            }),
            of("applies a request that comes twice twice", visitor -> {
                visitor.ask("POST", "/create");
                visitor.ask("POST", "/list");
                ProbeReply again = visitor.again("POST", "/list");
                need(again.json().path("length").asInt(-1) == 2, again);
            }),
            of("counts", visitor -> {
                visitor.ask("POST", "/create");
                count(visitor.ask("GET", "/counter"), 0);
                count(visitor.ask("POST", "/counter"), 1);
                count(visitor.ask("POST", "/counter"), 2);
                count(visitor.ask("GET", "/counter"), 2);
            }),
            of("sets and shows the four attributes of the group", visitor -> {
                visitor.ask("POST", "/create");
                group(visitor.ask("GET", "/group"), 4, null);
                group(visitor.ask("POST", "/group?value=" + ONE), 4, ONE);
                group(visitor.ask("GET", "/group"), 4, ONE);
            }),
            of("keeps a large session", visitor -> {
                visitor.ask("POST", "/create");
                group(visitor.ask("GET", "/large"), 1, null);
                group(visitor.ask("POST", "/large?value=" + ONE), 1, ONE);
                group(visitor.ask("GET", "/large"), 1, ONE);
            }),
            of("keeps an object that is changed and read", visitor -> {
                visitor.ask("POST", "/create");
                value(visitor, "GET", "/mutate", null);
                value(visitor, "POST", "/mutate?value=" + ONE, ONE);
                value(visitor, "GET", "/mutate", ONE);
                value(visitor, "POST", "/mutate?value=" + TWO, TWO);
            }),
            of("sets a register while the request is handed on", visitor -> {
                visitor.ask("POST", "/create");
                for (String how : List.of("forward", "include", "async", "error")) {
                    value(visitor, "POST", "/dispatch/" + how + "?value=" + ONE, ONE);
                    value(visitor, "GET", "/register/" + how, ONE);
                }
            }),
            of("logs in by a name, and lists the sessions of that name or says that it lists none", visitor -> {
                ProbeReply made = visitor.ask("POST", "/create");
                principal(visitor.ask("GET", "/principal"), null);
                String name = "check-" + UUID.randomUUID();
                ProbeReply named = visitor.ask("POST", "/principal?name=" + name);
                need(field(named, "principal", name), named);
                ProbeReply listed = visitor.ask("GET", "/principal");
                principal(listed, name);
                need(
                        listed.json().path("sessions").isNull()
                                || sessions(listed).equals(List.of(made.text("incarnation"))),
                        listed);
            }),
            of("ends the other sessions of the name, and no more", visitor -> {
                ProbeReply made = visitor.ask("POST", "/create");
                String name = "check-" + UUID.randomUUID();
                visitor.ask("POST", "/principal?name=" + name);
                Visitor device = visitor.stranger();
                ProbeReply other = device.ask("POST", "/create");
                device.ask("POST", "/principal?name=" + name);
                ProbeReply ended = visitor.ask("POST", "/principal/end");
                principal(ended, name);
                same(made, visitor.ask("GET", "/alive"));
                if (ended.json().path("sessions").isNull()) {
                    same(other, device.ask("GET", "/alive"));
                } else {
                    need(sessions(ended).equals(List.of(other.text("incarnation"))), ended);
                    gone(device, other);
                }
            }),
            of("makes each version of the document the parent of the next", visitor -> {
                visitor.ask("POST", "/create");
                document(visitor.ask("POST", "/document?value=" + ONE), ONE, null);
                document(visitor.ask("POST", "/document?value=" + TWO), TWO, ONE);
                document(visitor.ask("GET", "/document"), TWO, ONE);
            }),
            of("rotate keeps the session and its content", visitor -> {
                ProbeReply made = visitor.ask("POST", "/create");
                value(visitor, "POST", "/register/a?value=" + ONE, ONE);
                visitor.ask("POST", "/rotate");
                same(made, visitor.ask("GET", "/alive"));
                value(visitor, "GET", "/register/a", ONE);
            }),
            of("rotate ends the old id", visitor -> {
                ProbeReply made = visitor.ask("POST", "/create");
                Visitor before = visitor.twin();
                visitor.ask("POST", "/rotate");
                gone(before, made);
            }),
            of("relogin ends the session and makes an empty one in the same request", visitor -> {
                ProbeReply made = visitor.ask("POST", "/create");
                visitor.ask("POST", "/list");
                Visitor before = visitor.twin();
                ProbeReply anew = visitor.ask("POST", "/relogin");
                need(anew.session() && anew.text("ended").equals(made.text("incarnation")), anew);
                gone(before, made);
                same(anew, visitor.ask("GET", "/alive"));
                ProbeReply list = visitor.ask("GET", "/list");
                need(list.json().path("length").asInt(-1) == 0, list);
            }),
            of("logout ends the session", visitor -> {
                ProbeReply made = visitor.ask("POST", "/create");
                Visitor before = visitor.twin();
                ProbeReply ended = visitor.ask("POST", "/logout");
                need(ended.session(), ended);
                gone(visitor, made);
                gone(before, made);
            }));

    private static Requirement of(String sentence, Trial trial) {
        return new Requirement(sentence, false, trial);
    }

    private static Requirement gate(String sentence, Trial trial) {
        return new Requirement(sentence, true, trial);
    }

    private static void absent(Visitor visitor) throws InterruptedException {
        ProbeReply read = visitor.ask("GET", "/alive");
        need(read.json().path("session").isBoolean() && !read.session(), read);
        ProbeReply change = visitor.ask("POST", "/list");
        need(!change.session() && change.cookies().isEmpty(), change);
    }

    private static ProbeReply appended(Visitor visitor, int times, List<String> asked) throws InterruptedException {
        visitor.ask("POST", "/create");
        ProbeReply reply = visitor.ask("POST", "/list");
        asked.add(visitor.lastRequest());
        for (int i = 1; i < times; i++) {
            reply = visitor.ask("POST", "/list");
            asked.add(visitor.lastRequest());
        }
        return reply;
    }

    private static List<String> ids(ProbeReply reply) {
        return StreamSupport.stream(reply.json().path("ids").spliterator(), false)
                .map(id -> id.asText())
                .toList();
    }

    private static void value(Visitor visitor, String method, String path, String expected)
            throws InterruptedException {
        ProbeReply reply = visitor.ask(method, path);
        need(field(reply, "value", expected), reply);
    }

    private static void principal(ProbeReply reply, String name) {
        need(field(reply, "principal", name), reply);
        need(
                name != null
                        ? !reply.json().path("sessions").isMissingNode()
                        : reply.json().path("sessions").isNull(),
                reply);
    }

    private static List<String> sessions(ProbeReply reply) {
        return StreamSupport.stream(reply.json().path("sessions").spliterator(), false)
                .map(session -> session.asText())
                .toList();
    }

    private static void count(ProbeReply reply, long expected) {
        need(reply.json().path("value").asLong(-1) == expected, reply);
    }

    private static void group(ProbeReply reply, int size, String expected) {
        boolean met = reply.json().path("group").size() == size;
        for (var stamp : reply.json().path("group")) {
            met &= expected == null ? stamp.isNull() : expected.equals(stamp.asText());
        }
        need(met, reply);
    }

    private static void document(ProbeReply reply, String version, String parent) {
        need(field(reply, "version", version) && field(reply, "parent", parent), reply);
    }

    private static boolean field(ProbeReply reply, String name, String expected) {
        var found = reply.json().path(name);
        return expected == null ? found.isNull() : expected.equals(found.asText()) && reply.session();
    }

    private static void same(ProbeReply made, ProbeReply reply) {
        need(reply.session() && reply.text("incarnation").equals(made.text("incarnation")), reply);
    }

    private static void gone(Visitor visitor, ProbeReply made) throws InterruptedException {
        ProbeReply reply = visitor.ask("GET", "/alive");
        need(!(reply.session() && reply.text("incarnation").equals(made.text("incarnation"))), reply);
    }

    private static void rejected(ProbeReply reply) {
        String echo = reply.header(RequestHeaders.REQUEST);
        need(reply.status() == 400 && echo.isEmpty(), Visitor.shown(reply) + (echo.isEmpty() ? "" : ", with echo"));
    }

    private static void need(boolean met, ProbeReply got) {
        need(met, Visitor.shown(got));
    }

    private static void need(boolean met, String got) {
        if (!met) {
            throw new Unmet(got);
        }
    }
}
