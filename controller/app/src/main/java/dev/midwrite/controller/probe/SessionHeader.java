package dev.midwrite.controller.probe;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.users.BrowserCookies;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Looks for the header in which an application gives a session's id and takes it back, as services without browsers do. */
public final class SessionHeader {
    private static final Pattern LIKELY = Pattern.compile("(?!x-midwrite-).*(session|token|auth|sid).*");

    private SessionHeader() {}

    /** Asks the service whether the session is alive. */
    @FunctionalInterface
    public interface Question {

        ProbeReply ask(BrowserCookies with) throws IOException, InterruptedException;
    }

    /**
     * The one that brings the session back: each that may be one is tried.
     *
     * @param created the answer that made the session
     * @param secure as of {@link BrowserCookies}
     */
    public static Optional<String> find(ProbeReply created, boolean secure, Question alive)
            throws IOException, InterruptedException {
        for (String name : created.headers().map().keySet()) {
            if (LIKELY.matcher(name.toLowerCase(Locale.ROOT)).matches()) {
                BrowserCookies cookies = new BrowserCookies(secure, name);
                cookies.receiveId(created.headers()::allValues);
                if (!cookies.isEmpty() && bringsBack(cookies, created, alive)) {
                    return Optional.of(written(name));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean bringsBack(BrowserCookies cookies, ProbeReply created, Question alive)
            throws IOException, InterruptedException {
        try {
            return isSame(alive.ask(cookies), created);
        } catch (Problem e) {
            // What is no session's may be answered with anything.
            return false;
        }
    }

    /** Whether an answer is about the session that another answer made. */
    public static boolean isSame(ProbeReply reply, ProbeReply created) {
        return reply.session() && reply.text("incarnation").equals(created.text("incarnation"));
    }

    /** As people write it: names of headers have no case, and some servers send them in small letters. */
    private static String written(String name) {
        return Pattern.compile("(^|-)([a-z])")
                .matcher(name)
                .replaceAll(found -> found.group(1) + found.group(2).toUpperCase(Locale.ROOT));
    }
}
