package dev.midwrite.controller.nodes;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/** Asks a node whether it is ready. */
record Health(URI uri) {
    private static final int TIMEOUT_MILLIS = 2_000;

    /** Empty if it answers 2xx, else what was wrong. */
    String problem() {
        try {
            HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            connection.setInstanceFollowRedirects(false);
            connection.setRequestProperty("Connection", "close");
            try {
                int status = connection.getResponseCode();
                return status / 100 == 2 ? "" : uri + " answers " + status;
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            return uri + " does not answer: " + e.getMessage();
        }
    }
}
