package dev.midwrite.controller.plan;

import java.util.Map;

/** What a step waits for. */
public sealed interface Condition {

    /** As in "until all nodes are up". */
    String words();

    /** As many nodes serve as are to, whatever they are called: after a surge one of the drill's own may be down. */
    record AllUp() implements Condition {
        @Override
        public String words() {
            return "all nodes are up";
        }
    }

    /** @param up by node: whether it must be up (users may reach it) or down (its process has ended) */
    record States(String words, Map<String, Boolean> up) implements Condition {}
}
