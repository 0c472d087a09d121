package dev.midwrite.controller.probe;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** One request of a workload, as the first contact makes it. */
record Exchange(String method, String path, boolean carriesValue) {

    /** Where the sessions of a principal are listed. */
    static final String LIST_SESSIONS = "/principal";

    /** Nobody else's: what is listed under it may be ended. */
    private static final String NAME = "first-contact-" + UUID.randomUUID();

    /** A change, and the read that must give it back, so that what cannot be read back fails here. */
    static List<Exchange> of(String workload) {
        return switch (workload) {
            case "register" ->
                List.of(
                        new Exchange("POST", "/register/a", true),
                        new Exchange("GET", "/register/a", false),
                        new Exchange("DELETE", "/register/a", false));
            case "list" -> changed("/list", false);
            case "counter" -> changed("/counter", false);
            case "group" -> changed("/group", true);
            case "document" -> changed("/document", true);
            case "mutate" -> changed("/mutate", true);
            case "dispatch" ->
                Stream.of("forward", "include", "async", "error")
                        .flatMap(how -> Stream.of(
                                new Exchange("POST", "/dispatch/" + how, true),
                                new Exchange("GET", "/register/" + how, false)))
                        .toList();
            case "principal" ->
                List.of(
                        new Exchange("POST", "/principal?name=" + NAME, false),
                        new Exchange("GET", LIST_SESSIONS, false),
                        new Exchange("POST", "/principal/end", false));
            case "large" -> changed("/large", true);
            case "relogin" -> List.of(new Exchange("POST", "/relogin", false), new Exchange("GET", "/alive", false));
            case "rotate" -> List.of(new Exchange("POST", "/rotate", false), new Exchange("GET", "/alive", false));
            default -> List.of();
        };
    }

    private static List<Exchange> changed(String path, boolean carriesValue) {
        return List.of(new Exchange("POST", path, carriesValue), new Exchange("GET", path, false));
    }

    String path(String value) {
        return carriesValue ? path + "?value=" + value : path;
    }
}
