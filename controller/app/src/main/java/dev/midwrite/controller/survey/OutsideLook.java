package dev.midwrite.controller.survey;

import dev.midwrite.controller.Problem;
import java.io.IOException;
import java.net.ConnectException;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
    private static final int LINE = 120;

    private final HttpClient client;
    private final Duration timeout;
    private final Map<String, String> cookies = new LinkedHashMap<>();
    private final List<String> set = new ArrayList<>();
    private final List<PageAnswer> answers = new ArrayList<>();

    /** Used once, by one thread. */
    public OutsideLook(Duration timeout) {
        this.timeout = timeout;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeout)
                .build();
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
            HttpResponse<byte[]> answer = ask(next);
            String location = answer.headers().firstValue("Location").orElse("");
            answers.add(new PageAnswer(next.getRawPath(), false, answer.statusCode(), location));
            keep(answer);
            if (answer.statusCode() / 100 == 2) {
                return new Seen(
                        service,
                        next.getRawPath(),
                        List.copyOf(answers),
                        List.copyOf(set),
                        answer.headers().firstValue("Server").orElse(""));
            }
            if (answer.statusCode() / 100 != 3 || location.isEmpty()) {
                throw new Problem(next + " answers " + answer.statusCode() + firstLine(answer.body())
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

    private HttpResponse<byte[]> ask(URI page) throws InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(page).timeout(timeout).GET();
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (ConnectException e) {
            throw new Problem("Nobody listens at " + page + ".", e);
        } catch (HttpTimeoutException e) {
            throw new Problem(page + " answers nothing within " + timeout.toSeconds() + " s.", e);
        } catch (IOException e) {
            throw new Problem(page + " does not answer by HTTP: " + e.getMessage() + ".", e);
        }
    }

    private void keep(HttpResponse<byte[]> answer) {
        for (String header : answer.headers().allValues("Set-Cookie")) {
            set.add(header.replaceFirst("=[^;]*", "=…"));
            try {
                HttpCookie.parse(header).forEach(cookie -> cookies.put(cookie.getName(), cookie.getValue()));
            } catch (IllegalArgumentException e) {
                // No browser would keep it either.
            }
        }
    }

    private static String firstLine(byte[] body) {
        String line = new String(body, StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .findFirst()
                .orElse("");
        return line.isEmpty() ? "." : ": " + (line.length() > LINE ? line.substring(0, LINE) + "…" : line) + ".";
    }
}
