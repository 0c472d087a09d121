package dev.midwrite.agent.library;

import dev.midwrite.agent.effect.OpenGate;
import dev.midwrite.agent.fault.Decider;
import dev.midwrite.agent.fault.Decision;
import dev.midwrite.agent.gate.Gate;
import dev.midwrite.agent.point.Catalogue;
import dev.midwrite.agent.point.Library;
import dev.midwrite.agent.point.Point;
import dev.midwrite.agent.point.Role;
import dev.midwrite.agent.scope.Passage;
import dev.midwrite.event.Edge;
import dev.midwrite.event.EventRecord;
import dev.midwrite.event.EventType;
import dev.midwrite.event.FaultKind;
import java.util.List;
import java.util.stream.Stream;

/** One point, woven, with a journal and at most one fault. */
final class Rig implements Decider, AutoCloseable {
    static final long DELAY_NANOS = 5_000_000;
    /** Of a throttle, in bytes per second. */
    static final long RATE = 10_000;

    static final long NANOS_PER_BYTE = 1_000_000_000 / RATE;
    static final int INJECTION = 7;
    private static final byte[] KEY = {1, 2, 3};

    final Catalogue catalogue;
    final MemoryJournal journal = new MemoryJournal();
    final Point point;
    final Subject subject;
    volatile boolean lifted;
    /** The agent fails in the call, not in what lies around it. */
    boolean broken;
    /** The fault happens only at passages with this other node. */
    String onlyPeer;

    int happened;
    int spared;
    volatile long achieved;
    /** What the journal held when the process would have ended; -1 if it has not. */
    int heldAtItsEnd = -1;

    private Decision decision;
    private Edge edge = Edge.NONE;

    Rig(String point, Subject subject) {
        this(point, subject, List.of());
    }

    /** @param more libraries, beside those that the agent knows */
    Rig(String point, Subject subject, List<Library> more) {
        this.catalogue = new Catalogue(
                Stream.concat(Libraries.all().stream(), more.stream()).toList());
        this.point = catalogue.all().stream()
                .filter(each -> each.name().equals(point))
                .findFirst()
                .orElseThrow();
        this.subject = subject;
    }

    void prepare() throws ReflectiveOperationException {
        subject.prepare(new WovenLoader(catalogue, subject.again(), subject.classes()));
    }

    void open() {
        Gate.open = new OpenGate(
                catalogue, journal, this, null, KEY, false, () -> {}, () -> heldAtItsEnd = journal.records.size());
        subject.opened();
    }

    void inject(FaultKind fault, Edge at, String error) {
        inject(fault, at, error, fault == FaultKind.DELAY ? DELAY_NANOS : 0);
    }

    void inject(FaultKind fault, Edge at, String error, long amount) {
        decision = new Decision(INJECTION, fault, amount, 0, error, false);
        edge = at;
        open();
    }

    /** As its host calls it: a step within an operation, a commit within a request. */
    void call() throws Exception {
        Gate gate = Gate.open;
        Object around = gate == null ? null : around(gate);
        journal.broken = broken;
        try {
            subject.call();
        } finally {
            journal.broken = false;
            if (around != null) {
                Throwable unused = gate.exit(around, null, null, null);
            }
        }
    }

    private Object around(Gate gate) {
        return switch (point.role()) {
            case STEP, BYTES, REPLY -> {
                Point save = catalogue.all().stream()
                        .filter(each -> each.role() == Role.OPERATION)
                        .findFirst()
                        .orElseThrow();
                yield gate.enter(save.number(), this, "an id", null, "an id");
            }
            case COMMIT -> {
                Point request = catalogue.all().stream()
                        .filter(each -> each.role() == Role.REQUEST)
                        .findFirst()
                        .orElseThrow();
                yield gate.enter(request.number(), this, null, "00000000000000aa", "00000000000000bb");
            }
            default -> null;
        };
    }

    /** What the point has journaled of its operations. */
    List<EventRecord> records() {
        return journal.records.stream()
                .filter(record -> record.type() == EventType.OPERATION || record.type() == EventType.LIFECYCLE)
                .filter(record -> journal.pointOf(record).equals(point.name()))
                .toList();
    }

    /** How often the point's call has ended, as a call or as a step. */
    long ends() {
        return journal.records.stream()
                .filter(record -> record.type() == EventType.OPERATION)
                .filter(record -> record.edge() == Edge.STEP
                        || (record.edge() == Edge.AFTER
                                && journal.pointOf(record).equals(point.name())))
                .count();
    }

    List<EventRecord> faults() {
        return journal.records.stream()
                .filter(record -> record.type() == EventType.FAULT)
                .toList();
    }

    @Override
    public void close() {
        Gate.open = null;
    }

    @Override
    public boolean armed() {
        return decision != null;
    }

    @Override
    public boolean armed(int injection) {
        return !lifted;
    }

    @Override
    public Decision decide(Passage passage, Point at, Edge where, boolean waits) {
        boolean wanted = onlyPeer == null || onlyPeer.equals(passage.peer);
        return wanted && at == point && where == edge ? decision : null;
    }

    @Override
    public void happened(Decision done) {
        happened++;
    }

    @Override
    public void spared(Passage passage, Decision not) {
        spared++;
    }

    @Override
    public void achieved(Decision done, long nanos) {
        achieved = nanos;
    }
}
