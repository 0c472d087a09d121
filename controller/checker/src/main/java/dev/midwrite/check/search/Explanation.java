package dev.midwrite.check.search;

import java.util.List;

/** Says in one sentence why an operation cannot be placed. */
final class Explanation {
    private Explanation() {}

    /**
     * @param before the operations that took effect last, one for each order that is possible up to here, at most three
     * @param alternatives how many there are
     */
    static String of(Operation obstacle, List<Operation> before, int alternatives, int placed) {
        StringBuilder text = new StringBuilder("no place for ").append(obstacle.describe());
        text.append("; in every order of the ").append(placed).append(" operations that returned before it, ");
        if (before.isEmpty()) {
            return text.append("nothing had taken effect").toString();
        }
        text.append("the last to take effect is ");
        for (int i = 0; i < before.size(); i++) {
            text.append(i == 0 ? "" : ", or ").append(before.get(i).describe());
        }
        if (alternatives > before.size()) {
            text.append(", or one of ").append(alternatives - before.size()).append(" others");
        }
        return text.toString();
    }
}
