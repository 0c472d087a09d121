package dev.midwrite.controller.users;

import java.net.URI;
import java.util.Map;

/**
 * A request as it travels, but for what goes with each: ids, cookies.
 *
 * @param content empty if there is none
 * @param type of the content
 */
public record Asked(String method, URI uri, Map<String, String> headers, String content, String type) {

    static Asked bare(String method, URI uri, Map<String, String> headers) {
        return new Asked(method, uri, headers, "", "");
    }
}
