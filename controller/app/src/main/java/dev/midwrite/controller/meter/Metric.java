package dev.midwrite.controller.meter;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.function.DoubleSupplier;

/**
 * Every metric of a scrape, with its meaning: what is registered, what {@code midwrite metrics} prints and the tables of
 * {@code docs/metrics.md} come from here. In the order of the data.
 */
public enum Metric {
    DRILL_INFO("drill.info", Type.GAUGE, "drill, seed, profile", "Which drill runs or ran last; always 1"),
    DRILL_PHASE(
            "drill.phase",
            Type.GAUGE,
            "phase",
            "1 for the phase in which the drill is: idle, starting, warmup, timeline, settling, reading, checking, done"),
    DRILL_SCORE_OBJECTIVE(
            "drill.score.objective", Type.GAUGE, "", "Least score that the drill asks for; NaN if it asks for none"),
    DRILL_SURVIVAL_OBJECTIVE(
            "drill.survival.objective",
            Type.GAUGE,
            "",
            "Least share of sessions that keep their id that the drill asks for; NaN if it asks for none"),
    DRILL_FAILOVER_OBJECTIVE(
            "drill.failover.objective",
            Type.GAUGE_SECONDS,
            "",
            "Longest failover time that the drill asks for; NaN if it asks for none"),
    LINK_NODES(
            "link.nodes",
            Type.GAUGE,
            "state",
            "Nodes that have ever dialled in (known), and that are connected now (connected)"),
    LINK_CONNECTED("link.connected", Type.GAUGE, "node", "1 while the node's agent is connected"),
    LINK_RECORDING("link.recording", Type.GAUGE, "node", "1 while the node journals"),
    LINK_INCARNATIONS("link.incarnations", Type.GAUGE, "node", "Starts of the node that the controller knows of"),
    LINK_LEASE(
            "link.lease",
            Type.GAUGE_SECONDS,
            "",
            "How long an agent keeps faults armed after it spoke, unless the controller answers"),
    LINK_REJECTIONS(
            "link.rejections",
            Type.COUNTER,
            "client, code",
            "Calls that were rejected for what their caller is or said; client is agent, command or other, code is gRPC's."
                    + " Connections on which nothing is called are closed, and not among them"),
    LINK_CLOCK_ERROR(
            "link.clock.error",
            Type.GAUGE_SECONDS,
            "node",
            "Half-width of the interval in which the offset of the node's clock lies; NaN before the first exchange"),
    LINK_POINTS(
            "link.points",
            Type.GAUGE,
            "node, state",
            "Points by state: woven, waiting (class not loaded yet), failed, disabled"),
    LINK_FAULTS_ARMED("link.faults.armed", Type.GAUGE, "node, fault", "Injections that may still fire"),
    LINK_FAULTS_MATCHED(
            "link.faults.matched",
            Type.GAUGE,
            "node, fault",
            "Passages that injections matched, as the agent last said"),
    LINK_FAULTS_APPLIED(
            "link.faults.applied",
            Type.GAUGE,
            "node, fault",
            "Faults that happened, as the agent last said; what a crash did is only in the journal"),
    LINK_FAULTS_LIFTED(
            "link.faults.lifted",
            Type.GAUGE,
            "node, cause",
            "Injections that ended, by why: command, ttl, lease, agent_error, kill_switch, exhausted"),
    LINK_FAULT_REQUESTED(
            "link.fault.requested",
            Type.GAUGE_SECONDS,
            "node, fault",
            "Longest delay or lag that an injection asked for; NaN if none did"),
    LINK_FAULT_ACHIEVED(
            "link.fault.achieved",
            Type.GAUGE_SECONDS,
            "node, fault, statistic",
            "Delay or lag that was achieved, of the injection with the longest; statistic is p50, p99 or max; NaN if none was"),
    HISTORY_RECORDS("history.records", Type.COUNTER, "node", "Journal records that have arrived"),
    HISTORY_BYTES("history.bytes", Type.COUNTER_BYTES, "node", "Bytes of journals that have arrived"),
    HISTORY_PRESENT(
            "history.present.records",
            Type.GAUGE,
            "node",
            "Journal records that have arrived of the node's present incarnation"),
    HISTORY_DAMAGED("history.damaged", Type.GAUGE, "node", "Journals that are known not to be whole"),
    HISTORY_FAULTS(
            "history.faults",
            Type.COUNTER,
            "node, fault",
            "Faults that journals announce, crashes included; counted as their records arrive"),
    HISTORY_SHUTDOWN(
            "history.shutdown",
            Type.GAUGE_SECONDS,
            "node, phase",
            "How long a phase of the node's last orderly shutdown took, as its journal says"),
    HISTORY_REQUEST(
            "history.request",
            Type.HISTOGRAM_SECONDS,
            "kind, outcome",
            "Attempts of users' requests, from the planned send time to the answer; outcome is ok, fail or info (may have"
                    + " taken effect). With _bucket, _count, _sum, and _max of the last minutes"),
    HISTORY_ATTEMPTS(
            "history.attempts",
            Type.COUNTER,
            "node, status, outcome",
            "Attempts of users' requests by the node that was asked; status is application for an answer that users"
                    + " understand, none for no answer, else the HTTP status"),
    CHECK_ITEMS("check.items", Type.COUNTER, "property", "Items that a check decided"),
    CHECK_VIOLATIONS(
            "check.violations",
            Type.COUNTER,
            "property, severity",
            "Violations that verdicts know; hard, soft or info by the drill's profile"),
    CHECK_LIVE_VIOLATIONS(
            "check.live.violations",
            Type.COUNTER,
            "property, severity",
            "Violations found while drills ran, one for each anomaly of one attribute of one session; the verdict may know"
                    + " them as part of something worse"),
    CHECK_LIVE_SESSIONS(
            "check.live.sessions",
            Type.GAUGE,
            "state",
            "Sessions of the drill in which something was found while it ran: gone (lost, replaced or logged out), or damaged"
                    + " in another way that the profile forbids; at most ten thousand of each are told apart"),
    CHECK_SESSIONS(
            "check.sessions",
            Type.GAUGE,
            "state",
            "Sessions that the last drill's faults put at risk (at_risk), and of these those that kept their id (alive) and"
                    + " all that was acknowledged (fresh); NaN before its verdict"),
    CHECK_SCORE(
            "check.score",
            Type.GAUGE,
            "",
            "Session persistence score of the last drill, 0 to 1; NaN before its verdict"),
    CHECK_SURVIVAL(
            "check.survival",
            Type.GAUGE,
            "",
            "Share of sessions at risk that kept their id in the last drill, 0 to 1; NaN before its verdict"),
    CHECK_FAILOVER(
            "check.failover",
            Type.GAUGE_SECONDS,
            "statistic",
            "Failover time over users in the last drill, p95 and max; +Inf if service never came back, NaN if no node ended"),
    CHECK_REPLICATION_LAG(
            "check.replication.lag",
            Type.GAUGE_SECONDS,
            "replica, phase, statistic, bound",
            "How far a replica was behind users' answers in the last drill; phase is steady, fault or recovery, statistic p50, p99 or max, bound least"
                    + " or most, +Inf if a write may never have arrived"),
    CHECK_EXPOSED_WRITES(
            "check.exposed.writes",
            Type.GAUGE,
            "bound",
            "Most acknowledged writes at a time that no second node had in the last drill; bound is least or most, NaN if"
                    + " nodes do not replicate to each other"),
    CHECK_VERDICT("check.verdict", Type.GAUGE, "verdict", "1 for the verdict of the last drill; all 0 while one runs"),
    POINTS("points", Type.GAUGE, "state", "Points that are woven, waiting, failed, disabled"),
    POINT_SUPPRESSED_ERRORS(
            "point.suppressed.errors", Type.COUNTER, "", "Errors of the agent in woven code, kept from the host"),
    EVENT_OPERATIONS(
            "event.operations",
            Type.COUNTER,
            "kind, outcome",
            "Operations that ended while the node recorded; outcome info is skipped or not known"),
    FAULT_ARMED("fault.armed", Type.GAUGE, "", "Injections that are armed"),
    FAULT_MATCHED("fault.matched", Type.COUNTER, "", "Passages that a selector matched"),
    FAULT_APPLIED("fault.applied", Type.COUNTER, "", "Faults decided"),
    LINK_LEASE_AGE("link.lease.age", Type.GAUGE_SECONDS, "", "Since the last lease; NaN before the first"),
    JOURNAL_RECORDS("journal.records", Type.COUNTER, "", "Records that the journal took"),
    JOURNAL_BYTES("journal.bytes", Type.COUNTER_BYTES, "", "Bytes that the journal took"),
    JOURNAL_DROPS(
            "journal.drops", Type.COUNTER, "", "Records that the journal did not take: it was full, broken or closed");

    private final String id;
    private final Type type;
    private final String labels;
    private final String meaning;

    private enum Type {
        GAUGE("gauge", "", ""),
        GAUGE_SECONDS("gauge", "seconds", ""),
        COUNTER("counter", "", "_total"),
        COUNTER_BYTES("counter", "bytes", "_total"),
        HISTOGRAM_SECONDS("histogram", "seconds", "");

        private final String word;
        private final String unit;
        private final String suffix;

        Type(String word, String unit, String suffix) {
            this.word = word;
            this.unit = unit;
            this.suffix = suffix;
        }
    }

    Metric(String id, Type type, String labels, String meaning) {
        this.id = "midwrite." + id;
        this.type = type;
        this.labels = labels;
        this.meaning = meaning;
    }

    /** As Prometheus has it, such as {@code midwrite_link_lease_seconds}; of a histogram the family's name. */
    public String exposed() {
        String name = id.replace('.', '_');
        return (type.unit.isEmpty() || name.endsWith("_" + type.unit) ? name : name + "_" + type.unit) + type.suffix;
    }

    /** Gauge, counter or histogram. */
    public String kind() {
        return type.word;
    }

    /** Names, separated by commas; without the {@code node} label that the fleet's scrape adds to an agent's. */
    public String labels() {
        return labels;
    }

    /** One sentence without its full stop. */
    public String meaning() {
        return meaning;
    }

    /** Whether the node's agent counts it, and not the controller. */
    public boolean isOfAgent() {
        return ordinal() >= POINTS.ordinal();
    }

    Gauge gauge(MeterRegistry registry, Tags tags, DoubleSupplier value) {
        return Gauge.builder(id, value::getAsDouble)
                .description(meaning)
                .baseUnit(unit())
                .tags(tags)
                .register(registry);
    }

    Counter counter(MeterRegistry registry, Tags tags) {
        return Counter.builder(id)
                .description(meaning)
                .baseUnit(unit())
                .tags(tags)
                .register(registry);
    }

    FunctionCounter counter(MeterRegistry registry, Tags tags, DoubleSupplier value) {
        return FunctionCounter.builder(id, value, DoubleSupplier::getAsDouble)
                .description(meaning)
                .baseUnit(unit())
                .tags(tags)
                .register(registry);
    }

    Timer.Builder timer(Tags tags) {
        return Timer.builder(id).description(meaning).tags(tags);
    }

    void forget(MeterRegistry registry) {
        registry.find(id).meters().forEach(registry::remove);
    }

    private String unit() {
        return type.unit.isEmpty() ? null : type.unit;
    }

    /** As a label has it. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
