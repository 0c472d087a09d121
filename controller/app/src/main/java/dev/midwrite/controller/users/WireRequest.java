package dev.midwrite.controller.users;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/**
 * A request as it travels, but for what goes with each: ids, cookies.
 *
 * @param content empty if there is none
 * @param type of the content
 */
public record WireRequest(String method, URI uri, Map<String, String> headers, String content, String type) {

    /** With more headers. */
    public WireRequest with(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(headers);
        all.putAll(more);
        return new WireRequest(method, uri, all, content, type);
    }

    static WireRequest bare(String method, URI uri, Map<String, String> headers) {
        return new WireRequest(method, uri, headers, "", "");
    }
}
