package dev.midwrite.controller.plan;

import java.util.List;

/** A drill file that cannot be run as it stands; each problem is one sentence, with file, line and column. */
public final class InvalidDrill extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    public InvalidDrill(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    /** In the order in which they stand in the file; never empty. */
    public List<String> problems() {
        return problems;
    }
}
