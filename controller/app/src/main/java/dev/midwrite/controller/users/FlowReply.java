package dev.midwrite.controller.users;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.midwrite.controller.plan.Extraction;
import dev.midwrite.controller.plan.FlowSpec;
import dev.midwrite.controller.plan.FlowStep;
import dev.midwrite.controller.plan.LoginAnswer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;

/**
 * An answer to a step, whatever client it came through.
 *
 * @param headers values by name
 * @param body empty if there is none
 */
public record FlowReply(int status, Function<String, List<String>> headers, String body) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern SESSION_IN_PATH = Pattern.compile(";jsessionid=[^;/?#]+", Pattern.CASE_INSENSITIVE);
    private static final BrowserCookies NO_COOKIES = new BrowserCookies(false);
    private static final int REDIRECT = 300;
    private static final int ERROR = 400;

    String location() {
        return headers.apply("Location").stream().findFirst().orElse("");
    }

    /** Whether the address that it leads to names a session, as servlet containers write it for who has shown no cookie yet. */
    boolean leadsToSession() {
        return SESSION_IN_PATH.matcher(location()).find();
    }

    /**
     * Whether it says "log in first", and the step does not want just that.
     *
     * @param login what says so by its status, and where it leads
     */
    public boolean demandsLogin(FlowStep step, FlowSpec flow, List<LoginAnswer> login) {
        if (flow.needsLogin(step) && isLoginPage(flow)) {
            return true;
        }
        boolean wanted = step.expect().contains(status)
                && (step.location().isEmpty() ? status < REDIRECT : leadsTo(step.location()));
        return !wanted && login.stream().anyMatch(answer -> answer.matches(status, location()));
    }

    /** Whether that is found in it which only a page shows that demands a login. */
    boolean isLoginPage(FlowSpec flow) {
        return flow.loginPage().filter(page -> !all(page, NO_COOKIES).isEmpty()).isPresent();
    }

    /** Of an answer that came over the wire. */
    static FlowReply of(HttpResponse response, byte[] body) {
        return new FlowReply(
                response.getCode(),
                name -> Arrays.stream(response.getHeaders(name))
                        .map(Header::getValue)
                        .toList(),
                new String(body, StandardCharsets.UTF_8));
    }

    /** What is not as the step expects, in words; empty if all is. */
    public Optional<String> unexpected(FlowStep step, BrowserCookies cookies) {
        if (step.expect().isEmpty() ? status >= ERROR : !step.expect().contains(status)) {
            return Optional.of(
                    step.expect().isEmpty() ? "a status below 400 was expected" : step.expect() + " was expected");
        }
        if (!step.location().isEmpty() && !leadsTo(step.location())) {
            return Optional.of("a redirect to " + step.location() + " was expected");
        }
        return step.take().entrySet().stream()
                .filter(take -> all(take.getValue(), cookies).isEmpty())
                .map(take -> take.getValue() + ", which gives {" + take.getKey() + "}, matches nothing in it")
                .findFirst();
    }

    /** Whether the redirect leads to just this path, or below it where it ends with an asterisk. */
    private boolean leadsTo(String wanted) {
        String location = location();
        String path = location;
        try {
            String raw = URI.create(location).getRawPath();
            // What a container appends for who has shown no cookie yet is no part of where it leads.
            path = raw == null ? "" : SESSION_IN_PATH.matcher(raw).replaceFirst("");
        } catch (IllegalArgumentException e) {
            // Compared as it stands.
        }
        if (wanted.endsWith("*")) {
            String begins = wanted.substring(0, wanted.length() - 1);
            return location.startsWith(begins) || path.startsWith(begins);
        }
        return location.equals(wanted) || path.equals(wanted);
    }

    /** What later steps need of it, by name. */
    public Map<String, String> taken(FlowStep step, BrowserCookies cookies) {
        Map<String, String> taken = new HashMap<>();
        step.take()
                .forEach((name, where) ->
                        all(where, cookies).stream().findFirst().ifPresent(value -> taken.put(name, value)));
        return taken;
    }

    /** All that stands there; empty if nothing does. */
    public List<String> all(Extraction where, BrowserCookies cookies) {
        return switch (where.source()) {
            case CSS ->
                Jsoup.parse(body).select(where.expression()).stream()
                        .filter(element -> where.attribute().isEmpty() || element.hasAttr(where.attribute()))
                        .map(element -> text(element, where.attribute()))
                        .toList();
            case JSON -> json(where.expression());
            case HEADER -> headers.apply(where.expression());
            case REGEX ->
                Pattern.compile(where.expression())
                        .matcher(body)
                        .results()
                        .map(found -> found.groupCount() > 0 && found.group(1) != null ? found.group(1) : found.group())
                        .toList();
            case COOKIE -> cookies.value(where.expression()).stream().toList();
        };
    }

    private static String text(Element element, String attribute) {
        return attribute.isEmpty() ? element.text() : element.attr(attribute);
    }

    /** Whether it is a page that could show this: one without it may be another page, and says nothing. */
    public boolean has(Extraction where) {
        if (where.source() != Extraction.Source.JSON) {
            return true;
        }
        try {
            return !JSON.readTree(body).at(where.expression()).isMissingNode();
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    private List<String> json(String pointer) {
        try {
            JsonNode found = JSON.readTree(body).at(pointer);
            if (found.isMissingNode() || found.isNull()) {
                return List.of();
            }
            return found.isArray()
                    ? StreamSupport.stream(found.spliterator(), false)
                            .map(FlowReply::text)
                            .toList()
                    : List.of(text(found));
        } catch (JsonProcessingException e) {
            return List.of();
        }
    }

    private static String text(JsonNode node) {
        return node.isValueNode() ? node.asText() : node.toString();
    }
}
