package dev.midwrite.controller.probe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Cookies that came with a new session: by name the values, in the order in which they came. */
record GivenCookies(Map<String, List<String>> values) {

    static GivenCookies of(ProbeReply reply) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String header : reply.cookies()) {
            String[] pair = header.split(";", 2)[0].split("=", 2);
            if (pair.length == 2) {
                values.computeIfAbsent(pair[0].strip(), name -> new ArrayList<>())
                        .add(pair[1].strip());
            }
        }
        return new GivenCookies(values);
    }

    /** What is odd about them, given the answer to a read that followed; each goes on after a node's name. */
    List<String> oddities(ProbeReply next) {
        List<String> odd = new ArrayList<>();
        Map<String, List<String>> after = of(next).values();
        values.forEach((name, given) -> {
            if (given.size() > 1) {
                odd.add("sets the cookie " + name + " " + given.size() + " times in one answer");
            }
            List<String> changed = after.getOrDefault(name, List.of());
            if (!given.containsAll(changed)) {
                odd.add("answers a read with another value of the cookie " + name
                        + ", although nobody asked for another session");
            }
        });
        return odd;
    }
}
