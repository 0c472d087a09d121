package dev.midwrite.controller.plan;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;

/** Reads the block {@code traces}. */
public final class TracesReader {
    static final Set<String> KEYS = Set.of("send", "url", "otlp", "file");
    private static final Set<String> SCHEMES = Set.of("http", "https");
    private static final Set<String> GRPC = Set.of("grpc", "grpcs");
    /** What an endpoint looks like, for messages. */
    public static final String ENDPOINTS = "an address such as http://localhost:4318 or grpc://localhost:4317";

    private static final String SOME_TRACE = "0af7651916cd43dd8448eb211c80319c";

    private TracesReader() {}

    static TracesSpec read(Section section) {
        String url = section.text("url", "");
        if (!url.isEmpty() && !isTemplate(url)) {
            section.complain("url", "'url' must be an http address with {trace} in it, not '" + url + "'");
        }
        String otlp = section.text("otlp", "");
        Optional<URI> endpoint = endpoint(otlp);
        if (!otlp.isEmpty() && endpoint.isEmpty()) {
            section.complain("otlp", "'otlp' must be " + ENDPOINTS + ", not '" + otlp + "'");
        }
        return new TracesSpec(!section.has("send") || section.flag("send"), url, endpoint, section.flag("file"));
    }

    /** Whether a text is an address of http with a place for a trace's id. */
    public static boolean isTemplate(String text) {
        return text.contains(TracesSpec.PLACE)
                && address(text.replace(TracesSpec.PLACE, SOME_TRACE)).isPresent();
    }

    /** An absolute address of http or https; empty if it is none. */
    private static Optional<URI> address(String text) {
        return address(text, SCHEMES);
    }

    /** Where OTLP is spoken: an address of http or https, or of grpc, or grpcs with TLS; empty if it is none. */
    public static Optional<URI> endpoint(String text) {
        return address(text, SCHEMES).or(() -> address(text, GRPC));
    }

    private static Optional<URI> address(String text, Set<String> schemes) {
        try {
            URI uri = new URI(text);
            return uri.getScheme() != null && schemes.contains(uri.getScheme()) && uri.getHost() != null
                    ? Optional.of(uri)
                    : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
