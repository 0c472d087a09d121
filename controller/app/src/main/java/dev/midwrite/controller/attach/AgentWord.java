package dev.midwrite.controller.attach;

import java.util.List;
import java.util.Properties;

/**
 * What the agent has left in the agent properties of its JVM.
 *
 * @param agent its start line; empty while none is there
 * @param answer what came of the last attempt to start one, or to let it leave; empty if there was none
 * @param points what became of each, once those are woven whose classes had been loaded before it came; null until then
 */
public record AgentWord(String agent, String answer, List<PointLine> points) {
    private static final int FIELDS = 4;

    /**
     * One point there.
     *
     * @param state woven, failed, disabled or waiting
     * @param reason why it is not woven; may be empty
     * @param classes that carry it, separated by a space; may be empty
     */
    public record PointLine(String name, String state, String reason, String classes) {
        public boolean isWoven() {
            return state.equals("woven");
        }

        public boolean isWaiting() {
            return state.equals("waiting");
        }
    }

    static AgentWord of(Properties properties) {
        String points = properties.getProperty("midwrite.points");
        return new AgentWord(
                properties.getProperty("midwrite.agent", ""),
                properties.getProperty("midwrite.answer", ""),
                points == null
                        ? null
                        : points.lines()
                                .map(line -> line.split("\t", FIELDS))
                                .filter(fields -> fields.length == FIELDS)
                                .map(fields -> new PointLine(fields[0], fields[1], fields[2], fields[3]))
                                .toList());
    }

    /** Why there is no agent after an attempt to start one. */
    String reason() {
        return answer.isEmpty() ? "its standard error says why" : answer.replaceFirst("^dormant: ", "");
    }

    boolean isHere() {
        return !agent.isEmpty();
    }
}
