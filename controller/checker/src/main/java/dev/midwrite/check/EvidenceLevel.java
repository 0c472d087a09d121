package dev.midwrite.check;

/** What a verdict rests on, strongest first; {@code docs/evidence.md} says which property each level can decide. */
public enum EvidenceLevel {
    /** Users of ours wrote values that can be told apart, and read them back. */
    A("own users with values that can be told apart: every property can be decided"),
    /** Users without such values, or traffic of others, and the nodes' journals. */
    B("requests without values of ours, and the nodes' journals: of what was read no more is known than its digests"),
    /** Only what a client noted of its own requests. */
    C("results of requests alone: availability and failover time, not a word about data");

    private final String meaning;

    EvidenceLevel(String meaning) {
        this.meaning = meaning;
    }

    /** For people, without the letter. */
    public String meaning() {
        return meaning;
    }

    /** The weaker of two: several trials prove no more than the weakest of them. */
    public EvidenceLevel weaker(EvidenceLevel other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
