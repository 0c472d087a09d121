package dev.midwrite.event;

/** Says of an operation what differs from another one, or from a first attempt without a value. Not thread-safe. */
public final class UserOperationBuilder {
    private static final long[] NOTHING = {};

    private final OperationKind kind;
    private long session;
    private long seq;
    private long incarnation;
    private long invoked;
    private long returned;
    private long value;
    private long second;
    private long request;
    private int process;
    private int node;
    private int attribute;
    private int length;
    private int attempt = 1;
    private Outcome outcome = Outcome.OK;
    private int flags;
    private long[] payload = NOTHING;

    UserOperationBuilder(OperationKind kind, long session) {
        this.kind = kind;
        this.session = session;
    }

    UserOperationBuilder(UserOperation like) {
        this(like.kind(), like.session());
        seq = like.seq();
        incarnation = like.incarnation();
        invoked = like.invoked();
        returned = like.returned();
        value = like.value();
        second = like.second();
        request = like.request();
        process = like.process();
        node = like.node();
        attribute = like.attribute();
        length = like.length();
        attempt = like.attempt();
        outcome = like.outcome();
        flags = like.flags();
        payload = like.payload();
    }

    public UserOperationBuilder session(long label) {
        session = label;
        return this;
    }

    public UserOperationBuilder seq(long number) {
        seq = number;
        return this;
    }

    public UserOperationBuilder incarnation(long nonce) {
        incarnation = nonce;
        return this;
    }

    /** On the users' clock, in nanoseconds; {@link UserOperation#NEVER} for one that may still take effect. */
    public UserOperationBuilder between(long from, long to) {
        invoked = from;
        returned = to;
        return this;
    }

    public UserOperationBuilder value(long written) {
        value = written;
        return this;
    }

    public UserOperationBuilder second(long other) {
        second = other;
        return this;
    }

    /** Which one, and which attempt of it, from 1. */
    public UserOperationBuilder request(long id, int number) {
        request = id;
        attempt = number;
        return this;
    }

    public UserOperationBuilder process(int number) {
        process = number;
        return this;
    }

    public UserOperationBuilder node(int number) {
        node = number;
        return this;
    }

    public UserOperationBuilder attribute(int number) {
        attribute = number;
        return this;
    }

    public UserOperationBuilder length(int items) {
        length = items;
        return this;
    }

    public UserOperationBuilder outcome(Outcome how) {
        outcome = how;
        return this;
    }

    public UserOperationBuilder flags(int all) {
        flags = all;
        return this;
    }

    /** Not copied. */
    public UserOperationBuilder payload(long... items) {
        payload = items;
        return this;
    }

    /** Nobody knows what came of it: what an answer tells is taken away. */
    public UserOperationBuilder unanswered() {
        returned = UserOperation.NEVER;
        outcome = Outcome.INFO;
        second = 0;
        length = 0;
        flags = 0;
        payload = NOTHING;
        return this;
    }

    public UserOperation build() {
        return new UserOperation(
                kind,
                seq,
                session,
                incarnation,
                invoked,
                returned,
                value,
                second,
                request,
                process,
                node,
                attribute,
                length,
                attempt,
                outcome,
                flags,
                payload);
    }
}
