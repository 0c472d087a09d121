package dev.midwrite.controller.nodes;

import dev.midwrite.controller.plan.NodesSpec;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/**
 * Asks a node whether it is ready.
 *
 * @param anyAnswer whether it is with any answer but one that says that it is not (502, 503, 504); else with 2xx
 */
record Health(URI uri, boolean anyAnswer) {
    private static final int TIMEOUT_MILLIS = 2_000;

    static Health of(URI node, NodesSpec spec) {
        return spec.readyPath().equals(NodesSpec.ANY_ANSWER)
                ? new Health(node.resolve(spec.probe().path()), true)
                : new Health(node.resolve(spec.readyPath()), false);
    }

    /** Empty if it is ready, else what was wrong. */
    String problem() {
        try {
            HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            connection.setInstanceFollowRedirects(false);
            connection.setRequestProperty("Connection", "close");
            try {
                int status = connection.getResponseCode();
                return ready(status) ? "" : uri + " answers " + status;
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            return uri + " does not answer: " + e.getMessage();
        }
    }

    private boolean ready(int status) {
        return anyAnswer ? status < 502 || status > 504 : status / 100 == 2;
    }
}
