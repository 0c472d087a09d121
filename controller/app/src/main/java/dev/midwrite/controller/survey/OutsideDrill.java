package dev.midwrite.controller.survey;

import dev.midwrite.controller.front.SessionNames;
import java.util.List;

/** A drill for a service of which only answers can be seen, as a person would write it. */
public final class OutsideDrill {
    /** A visitor who keeps cookies and asks for one page, {@code $0}; curl is on most machines. */
    private static final String LOAD = "jar=$(mktemp); trap 'rm -f \\\"$jar\\\"; exit 0' TERM; while :; do"
            + " curl -s -m 5 -o /dev/null -b \\\"$jar\\\" -c \\\"$jar\\\" \\\"$MIDWRITE_FRONT_URL$0\\\"; sleep 0.05; done";

    private OutsideDrill() {}

    /** @param name of the drill */
    public static String of(OutsideLook.Seen seen, String name) {
        List<String> cookies = seen.sessionCookies().stream()
                .filter(cookie -> !SessionNames.USUAL_COOKIES.contains(cookie))
                .toList();
        return """
                # Written by midwrite init; docs/external.md says what else can stand here.
                version: 1
                name: %s
                description: >
                  %s, seen from outside.
                seed: 1
                profile: session

                store:
                  kind: none           # or its address: then it is audited

                nodes:
                  # Without an agent only answers can be judged. Start the service with one and name a 'controller', and journals
                  # say what became of its sessions.
                  external:
                    - name: service
                      url: %s
                      # restart: systemctl restart …    then the timeline may say {at: 5s, node: service, action: restart}
                  ready: %s

                users:
                  kind: foreign
                  # Put your own load here: whatever asks MIDWRITE_FRONT_URL in the place of the service.
                  command: [sh, -c, "%s", %s]
                %s  warmup: 3s
                  duration: 20s

                timeline: []
                """.formatted(
                        Yaml.quoted(name),
                        seen.service(),
                        Yaml.quoted(seen.service().toString()),
                        Yaml.quoted(seen.page()),
                        LOAD,
                        Yaml.quoted(seen.page()),
                        cookies.isEmpty() ? "" : "  cookies: " + cookies + "\n");
    }
}
