package dev.midwrite.controller.survey;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.probe.ProbeConnection;
import dev.midwrite.controller.probe.ProbeReply;
import dev.midwrite.controller.users.BrowserCookies;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Looks at a service that runs, as everybody can: asks for one page, follows where it is sent, and keeps the cookies. It
 * changes nothing but what a visitor's first request does.
 */
public final class OutsideLook {
    private static final int MOST_REDIRECTS = 5;

    private final ProbeConnection connection;
    private final Duration timeout;
    private final BrowserCookies cookies = new BrowserCookies(false);
    private final List<String> set = new ArrayList<>();
    private final List<PageAnswer> answers = new ArrayList<>();

    /** Used once, by one thread. */
    public OutsideLook(Duration timeout) {
        this.timeout = timeout;
        this.connection = new ProbeConnection(timeout);
    }

    /**
     * What a visitor sees.
     *
     * @param service {@code http://host:port}
     * @param page that is answered with 2xx
     * @param answers of all pages, from the one that was named to this one
     * @param cookies that were set, without their values
     * @param server what it calls itself; empty if it does not
     */
    public record Seen(URI service, String page, List<PageAnswer> answers, List<String> cookies, String server) {

        /** Names of cookies that scripts cannot read, as those that hold sessions are. */
        List<String> sessionCookies() {
            return cookies.stream()
                    .filter(cookie -> cookie.toLowerCase(Locale.ROOT).contains("httponly"))
                    .map(cookie -> cookie.substring(0, cookie.indexOf('=')))
                    .distinct()
                    .toList();
        }
    }

    /**
     * Asks.
     *
     * @param url of a page; {@code http} only
     * @throws Problem one sentence: what stands in the way, with status and first line of the body
     */
    public Seen at(URI url) throws InterruptedException {
        URI service = URI.create(url.getScheme() + "://" + url.getRawAuthority());
        URI next = url.getRawPath().isEmpty() ? url.resolve("/") : url;
        for (int i = 0; i <= MOST_REDIRECTS; i++) {
            ProbeReply answer = ask(next);
            String location = answer.header("Location");
            answers.add(PageAnswer.of(next.getRawPath(), false, answer));
            answer.cookies().forEach(cookie -> set.add(cookie.replaceFirst("=[^;]*", "=…")));
            cookies.receive(next, next, answer.cookies());
            if (answer.status() / 100 == 2) {
                return new Seen(
                        service, next.getRawPath(), List.copyOf(answers), List.copyOf(set), answer.header("Server"));
            }
            if (answer.status() / 100 != 3 || location.isEmpty()) {
                String begins = answer.firstLine().isEmpty() ? "." : ": " + answer.firstLine() + ".";
                throw new Problem(next + " answers " + answer.status() + begins
                        + " Name the address of a page that everybody may see.");
            }
            next = next.resolve(location);
            if (!service.getRawAuthority().equals(next.getRawAuthority())) {
                throw new Problem(url + " sends visitors away, to " + next + ": name the address of a page that it"
                        + " answers itself.");
            }
        }
        throw new Problem(url + " sends visitors in a circle: "
                + answers.stream().map(PageAnswer::path).collect(Collectors.joining(", ")) + ".");
    }

    private ProbeReply ask(URI page) throws InterruptedException {
        try {
            return connection.ask("GET", page, "", cookies.header(page), false, Map.of());
        } catch (ConnectException e) {
            throw new Problem("Nobody listens at " + page + ".", e);
        } catch (HttpTimeoutException e) {
            throw new Problem(page + " answers nothing within " + timeout.toSeconds() + " s.", e);
        } catch (IOException e) {
            throw new Problem(page + " does not answer by HTTP: " + e.getMessage() + ".", e);
        }
    }
}
