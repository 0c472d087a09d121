package dev.midwrite.agent.probe;

import dev.midwrite.event.CarriedProbe;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The host's request, as it would be if it had been made to a mounted probe. */
final class CarriedRequest {
    private final String method;
    private final String path;
    private final Map<String, String> parameters = new HashMap<>();

    private CarriedRequest(String operation) {
        int space = operation.indexOf(' ');
        method = space < 0 ? operation : operation.substring(0, space);
        String target = operation.substring(space + 1);
        int query = target.indexOf('?');
        path = query < 0 ? target : target.substring(0, query);
        if (query >= 0) {
            for (String pair : target.substring(query + 1).split("&")) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    parameters.put(pair.substring(0, equals), decoded(pair.substring(equals + 1)));
                }
            }
        }
    }

    /** @param request of the host's servlet API, which carries an operation */
    static HttpServletRequest of(Object request) {
        HttpServletRequest asked = Facade.of(HttpServletRequest.class, request);
        CarriedRequest carried = new CarriedRequest(asked.getHeader(CarriedProbe.OPERATION_HEADER));
        return Facade.of(
                HttpServletRequest.class,
                request,
                Map.of(
                        "getMethod", arguments -> carried.method,
                        "getPathInfo", arguments -> carried.path,
                        // The host's is an enum of the host's; no other is claimed.
                        "getDispatcherType", arguments -> DispatcherType.REQUEST,
                        "getParameter", arguments -> carried.parameters.get((String) arguments[0])));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
