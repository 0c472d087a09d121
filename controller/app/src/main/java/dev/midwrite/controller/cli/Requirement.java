package dev.midwrite.controller.cli;

import dev.midwrite.controller.plan.Drill;

/** What a pipeline can demand of a service, whatever its drill says. */
enum Requirement {
    /** Sessions are kept outside of nodes. */
    EXTERNAL_STORE("external-store") {
        @Override
        Drill of(Drill drill) {
            return drill.withChecks(drill.checks().withExternalStore());
        }
    };

    private final String word;

    Requirement(String word) {
        this.word = word;
    }

    abstract Drill of(Drill drill);

    /** As it is written on the command line. */
    @Override
    public String toString() {
        return word;
    }
}
