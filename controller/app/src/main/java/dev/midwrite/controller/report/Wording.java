package dev.midwrite.controller.report;

import dev.midwrite.check.GateResult;
import dev.midwrite.check.Judgement;
import dev.midwrite.check.PropertyResult;
import dev.midwrite.check.Severity;
import dev.midwrite.check.Trial;
import dev.midwrite.check.Validity;
import dev.midwrite.check.Verdict;
import dev.midwrite.check.Violation;
import dev.midwrite.event.UserOperation;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;

/** How figures, moments and operations read; the same on the terminal and on the page. */
final class Wording {
    static final String NOTHING = "–";
    static final String HOLDS = "✔";
    static final String VIOLATED = "✖";
    private static final double NANOS = 1e9;

    private final Trial trial;
    private final long origin;

    Wording(ReportInput input) {
        this.trial = input.trial();
        this.origin = input.origin();
    }

    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** Such as {@code 1 session}, {@code 2 sessions}. */
    static String count(long count, String noun) {
        return count(count) + " " + noun + (count == 1 ? "" : "s");
    }

    /** Three digits that matter, with the unit in which a person would say it. */
    static String duration(long nanos) {
        if (nanos == Percentiles.NEVER) {
            return "never";
        }
        double size = Math.abs((double) nanos);
        if (size < 1e3) {
            return nanos + " ns";
        } else if (size < 1e6) {
            return figure(nanos / 1e3, 3) + " µs";
        } else if (size < 1e9) {
            return figure(nanos / 1e6, 3) + " ms";
        } else if (size < 600e9) {
            return figure(nanos / NANOS, 3) + " s";
        }
        return figure(nanos / 60e9, 3) + " min";
    }

    /** Rounded, and never as a power of ten. */
    static String figure(double value, int digits) {
        if (Double.isNaN(value)) {
            return NOTHING;
        } else if (Double.isInfinite(value)) {
            return value > 0 ? "∞" : "-∞";
        }
        BigDecimal exact = new BigDecimal(value);
        boolean manyDigits = exact.precision() - exact.scale() > digits;
        BigDecimal rounded =
                manyDigits ? exact.setScale(0, RoundingMode.HALF_UP) : exact.round(new MathContext(digits));
        BigDecimal plain = rounded.signum() == 0 ? BigDecimal.ZERO : rounded.stripTrailingZeros();
        return plain.scale() < 0 ? plain.setScale(0).toPlainString() : plain.toPlainString();
    }

    static String value(GateResult gate) {
        return withUnit(figure(gate.value(), 4), gate.unit());
    }

    /** Both bounds, the smaller first; empty if there are none, or none that says anything. */
    static String bounds(GateResult gate) {
        if (Double.isNaN(gate.low()) || Double.isNaN(gate.high())) {
            return "";
        }
        double least = Math.min(gate.low(), gate.high());
        double greatest = Math.max(gate.low(), gate.high());
        if (least <= 0 && Double.isInfinite(greatest)) {
            return "";
        }
        return withUnit(figure(least, 4) + " … " + figure(greatest, 4), gate.unit());
    }

    /** What bounds are: each one holds with this confidence, and nothing is said of both together. */
    static String oneSided(GateResult gate) {
        return ", each bound " + figure(gate.confidence() * 100, 3) + " % sure";
    }

    /** What a figure rests on, such as {@code 1 trial, 59 needed}. */
    static String samples(GateResult gate) {
        boolean one = gate.samples() == 1 && gate.of().endsWith("s");
        return count(gate.samples()) + " "
                + (one ? gate.of().substring(0, gate.of().length() - 1) : gate.of())
                + (gate.needed() > gate.samples() ? ", " + count(gate.needed()) + " needed" : "");
    }

    /** No score makes up for a hard violation, so none is shown as if it did. */
    static boolean struck(Judgement judgement, GateResult gate) {
        return judgement.verdict() == Verdict.FAIL
                && (gate.name().equals("score") || gate.name().startsWith("score ["));
    }

    private static String withUnit(String figure, String unit) {
        return unit.isEmpty() || figure.equals(NOTHING) ? figure : figure + " " + unit;
    }

    /** What people call a figure. */
    static String gate(String name) {
        int kind = name.indexOf(" [");
        if (kind > 0) {
            return gate(name.substring(0, kind)) + " with " + name.substring(kind + 2, name.length() - 1);
        }
        return switch (name) {
            case "score" -> "Session persistence score";
            case "survival" -> "Sessions that kept their id";
            case "failover.p50" -> "Failover time, median";
            case "failover.p95" -> "Failover time, 95th percentile";
            case "failover.max" -> "Failover time, longest";
            case "success" -> "Trials that succeeded";
            case "drift" -> "Sessions whose replicas differ in the end";
            default -> name;
        };
    }

    /** A label as it is; a hash by its 16 digits. */
    static String session(long session) {
        return session >>> 32 == 0 ? Long.toString(session) : String.format(Locale.ROOT, "%016x", session);
    }

    static String id(long id) {
        return Long.toHexString(id);
    }

    /** Nothing was there to be judged. */
    static boolean absent(PropertyResult result) {
        return result.validity() != Validity.FALSE && !result.observed();
    }

    static String mark(PropertyResult result) {
        if (result.validity() == Validity.FALSE) {
            return VIOLATED;
        } else if (absent(result)) {
            return NOTHING;
        }
        return result.validity() == Validity.TRUE ? HOLDS : "?";
    }

    /** The worst of the exemplars; a property that is false without any is taken seriously. */
    static Severity severity(PropertyResult result) {
        return result.violations().stream()
                .map(Violation::severity)
                .max(Severity::compareTo)
                .orElse(Severity.HARD);
    }

    /** What was found, in a few words. */
    static String finding(PropertyResult result) {
        if (result.validity() == Validity.FALSE) {
            return count(result.violated()) + " of " + count(result.checked()) + " violated";
        } else if (absent(result)) {
            return "not observed";
        } else if (result.validity() == Validity.TRUE) {
            return count(result.checked()) + " checked";
        }
        String explained =
                result.explained() == 0 ? "" : count(result.explained(), "finding") + " explained by a worse one";
        if (result.inconclusive() == 0) {
            return (explained.isEmpty() ? "" : explained + ", ") + count(result.checked()) + " checked";
        }
        return count(result.inconclusive()) + " inconclusive of " + count(result.checked() + result.inconclusive())
                + (explained.isEmpty() ? "" : ", " + explained);
    }

    double seconds(long nanos) {
        return (nanos - origin) / NANOS;
    }

    /** A moment, such as {@code 12.804 s}. */
    String moment(long nanos) {
        return number(nanos) + " s";
    }

    private String number(long nanos) {
        return String.format(Locale.ROOT, "%.3f", seconds(nanos));
    }

    String span(UserOperation operation) {
        return operation.returned() == UserOperation.NEVER
                ? number(operation.invoked()) + " s, no answer"
                : number(operation.invoked()) + " – " + number(operation.returned()) + " s";
    }

    /** What came back to the user. */
    static String outcome(UserOperation operation) {
        return switch (operation.outcome()) {
            case OK -> "ok";
            case FAIL -> "rejected";
            case INFO -> "outcome unknown";
            default -> lower(operation.outcome());
        };
    }

    /** Empty if it is not known. */
    String node(UserOperation operation) {
        int node = operation.node();
        return node > 0 && node < trial.nodes().size() ? trial.nodes().get(node) : "";
    }

    /** Empty for -1, which is none. */
    String attribute(int attribute) {
        if (attribute < 0) {
            return "";
        }
        List<String> names = trial.attributes();
        return attribute < names.size() ? names.get(attribute) : "attribute " + attribute;
    }

    /** What was done and what came back. */
    String operation(UserOperation op) {
        String value = id(op.value());
        String seen = op.is(UserOperation.ABSENT)
                ? "no such session"
                : op.is(UserOperation.GARBAGE) ? "damaged value" : op.value() == 0 ? "nothing" : value;
        return switch (op.kind()) {
            case NONE -> "unknown";
            case CREATE -> "create session";
            case READ -> "read " + of(op) + " → " + seen;
            case WRITE -> "write " + of(op) + " = " + value;
            case APPEND -> "append " + id(op.request()) + answered(op, "length " + op.length());
            case READ_LIST ->
                "read list → " + (op.is(UserOperation.ABSENT) ? seen : Wording.count(op.length(), "item"));
            case INCREMENT -> "increment for " + id(op.request()) + answered(op, Long.toString(op.value()));
            case READ_COUNTER -> "read counter → " + (op.is(UserOperation.ABSENT) ? seen : Long.toString(op.value()));
            case WRITE_GROUP -> "write group = " + value;
            case READ_GROUP -> "read group → " + (op.is(UserOperation.ABSENT) ? seen : stamps(op.payload()));
            case UPDATE -> "update document " + id(op.second()) + " → " + value;
            case READ_DOCUMENT -> "read document → " + seen;
            case REMOVE -> "remove " + of(op);
            case MUTATE -> "change object in place = " + value;
            case READ_MUTATED -> "read object → " + seen;
            case LOG_IN -> "log in as " + id(op.value());
            case LIST_SESSIONS ->
                "list sessions of " + id(op.value()) + " → "
                        + (op.is(UserOperation.ABSENT) ? seen : stamps(op.payload()));
            case END_OTHERS -> "end other sessions" + answered(op, stamps(op.payload()));
            case INVALIDATE -> "log out";
            case RELOGIN -> "end session and make another";
            case ROTATE_ID -> "change session id";
            case PROBE -> "probe → " + (op.is(UserOperation.ABSENT) ? seen : "alive");
            case STEP ->
                of(op)
                        + (op.is(UserOperation.ABSENT) ? " → sent to the login" : "")
                        + answered(op, "status " + op.value());
            case LOG_OUT -> "log out: " + of(op) + (op.is(UserOperation.ABSENT) ? " → sent to the login" : "");
            case PROBE_LOGGED_OUT ->
                "ask with the cookies of before the logout"
                        + (op.is(UserOperation.ABSENT) ? " → not let in" : answered(op, "let in"));
            case PROBE_OLD_ID -> "probe old id → " + (op.is(UserOperation.ABSENT) ? seen : "alive");
        };
    }

    private String of(UserOperation op) {
        return attribute(op.attribute());
    }

    private static String answered(UserOperation op, String answer) {
        return op.returned() == UserOperation.NEVER ? "" : " → " + answer;
    }

    private static String stamps(long[] payload) {
        StringBuilder text = new StringBuilder();
        for (long stamp : payload) {
            text.append(text.isEmpty() ? "" : ", ").append(stamp == 0 ? "nothing" : id(stamp));
        }
        return text.toString();
    }

    /** Such as {@code GATE MISSED}. */
    static String headline(Verdict verdict) {
        return lower(verdict).toUpperCase(Locale.ROOT);
    }

    static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
