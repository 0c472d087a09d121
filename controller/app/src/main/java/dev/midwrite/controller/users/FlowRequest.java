package dev.midwrite.controller.users;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.midwrite.controller.plan.FlowStep;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Makes a request of a step and of what a session knows. */
public final class FlowRequest {
    private static final String BASIC = "Basic ";
    private static final String AUTHORIZATION = "Authorization";

    private FlowRequest() {}

    /**
     * The request.
     *
     * @param node address of the node
     * @param everywhere headers of every request, left out while they need something that is not known
     * @throws IllegalStateException if the step needs something that is not known
     */
    public static WireRequest of(FlowStep step, URI node, Map<String, String> everywhere, Variables variables) {
        Optional<String> missing = Stream.of(
                        Stream.of(step.path(), step.json()),
                        step.form().values().stream(),
                        step.headers().values().stream())
                .flatMap(texts -> texts)
                .flatMap(text -> variables.unknown(text).stream())
                .findFirst();
        if (missing.isPresent()) {
            throw new IllegalStateException("it needs {" + missing.get() + "}, which nothing has given a value");
        }
        Map<String, String> headers = new LinkedHashMap<>(common(everywhere, variables));
        step.headers()
                .forEach((name, text) -> header(name, text, variables).ifPresent(value -> headers.put(name, value)));
        URI uri = URI.create(node + filled(step.path(), variables, FlowRequest::url));
        if (!step.form().isEmpty()) {
            return new WireRequest(
                    step.method(), uri, headers, form(step, variables), "application/x-www-form-urlencoded");
        }
        String json = filled(
                step.json(),
                variables,
                value -> new String(JsonStringEncoder.getInstance().quoteAsString(value)));
        return new WireRequest(step.method(), uri, headers, json, json.isEmpty() ? "" : "application/json");
    }

    /** Headers of every request that are known by now. */
    public static Map<String, String> common(Map<String, String> everywhere, Variables variables) {
        Map<String, String> headers = new LinkedHashMap<>();
        everywhere.forEach((name, text) -> header(name, text, variables).ifPresent(value -> headers.put(name, value)));
        return headers;
    }

    private static Optional<String> header(String name, String text, Variables variables) {
        if (name.equalsIgnoreCase(AUTHORIZATION) && text.startsWith(BASIC) && text.contains(":")) {
            return variables
                    .fill(text.substring(BASIC.length()), UnaryOperator.identity())
                    .map(pair -> BASIC + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        }
        return variables.fill(text, UnaryOperator.identity());
    }

    private static String form(FlowStep step, Variables variables) {
        StringJoiner fields = new StringJoiner("&");
        step.form()
                .forEach((name, text) ->
                        fields.add(url(name) + "=" + url(filled(text, variables, UnaryOperator.identity()))));
        return fields.toString();
    }

    private static String url(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String filled(String text, Variables variables, UnaryOperator<String> encode) {
        return variables.fill(text, encode).orElseThrow();
    }
}
