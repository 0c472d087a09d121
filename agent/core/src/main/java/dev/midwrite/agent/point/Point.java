package dev.midwrite.agent.point;

import dev.midwrite.event.Edge;
import dev.midwrite.event.FaultKind;
import dev.midwrite.event.PointKind;
import dev.midwrite.event.PossibleFaults;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A named place in a library. Set up by its {@link Library} while that is made, and not changed afterwards, but for what
 * weaving finds out of a user's; then thread-safe.
 */
public final class Point {
    private final Library library;
    private final String name;
    private final PointKind kind;
    private final Role role;
    private final List<Place> places = new ArrayList<>();
    private final List<String> timeReaders = new ArrayList<>();
    private final Set<FaultKind> possible = EnumSet.noneOf(FaultKind.class);
    private final Map<FaultKind, String> impossible = new EnumMap<>(FaultKind.class);
    private String error = IllegalStateException.class.getName();
    private Waiting waiting = Waiting.CALLER;
    private Point bytes;
    private boolean isAlone;
    private boolean isHeld;
    private boolean isExchanged;
    private boolean isPaced;
    private boolean isUsers;
    private String onlyRecorded;
    private volatile boolean returnsValue;
    private volatile String refusal;
    private int number = -1;

    /** A parameter of advice: the number of the point it is woven for, as a constant in the woven code. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.PARAMETER)
    public @interface Here {}

    Point(Library library, String name, PointKind kind, Role role) {
        this.library = library;
        this.name = name;
        this.kind = kind;
        this.role = role;
    }

    /** Woven into these very classes: {@code advice} is a class nested in the library that holds beginning and end. */
    public Point in(List<String> types, Call call, String advice) {
        places.add(new Place(types, false, call, library.nested(advice), library.nested(advice)));
        return this;
    }

    /** Woven into these very classes, with an end that several points share. */
    public Point in(List<String> types, Call call, String advice, String exit) {
        places.add(new Place(types, false, call, library.nested(advice), exit));
        return this;
    }

    /** Woven into these very classes, with a beginning and an end that several points share. */
    public Point inShared(List<String> types, Call call, String enter, String exit) {
        places.add(new Place(types, false, call, enter, exit));
        return this;
    }

    /** Woven into all classes that extend or implement this one, which themselves declare the method. */
    public Point inEvery(String type, Call call, String advice) {
        places.add(new Place(List.of(type), true, call, library.nested(advice), library.nested(advice)));
        return this;
    }

    /** Woven into all classes that extend or implement this one, with an end that several points share. */
    public Point inEvery(String type, Call call, String advice, String exit) {
        places.add(new Place(List.of(type), true, call, library.nested(advice), exit));
        return this;
    }

    /** Its advice asks {@link dev.midwrite.agent.gate.Gate#instead}, or that of its steps does: an older reply can be given. */
    public Point exchanges() {
        isExchanged = true;
        return this;
    }

    /**
     * Its advice, or that of its steps, asks {@link dev.midwrite.agent.gate.Gate#paces} on a thread that may wait, and says how
     * many bytes leave: they can be throttled.
     */
    public Point paces() {
        isPaced = true;
        return this;
    }

    /**
     * Of a {@link Role#NODE}: these very classes read the time that decides over sessions, and will read it from the gate,
     * wherever they call System.currentTimeMillis, Instant.now, or a Clock.
     */
    public Point readsTimeIn(String... types) {
        timeReaders.addAll(List.of(types));
        return this;
    }

    /** The class of the exception that this library throws here when its store is gone; IllegalStateException if unsaid. */
    public Point fails(String exception) {
        error = exception;
        return this;
    }

    /** Possible here, although not at points of this kind in general. */
    public Point can(FaultKind fault) {
        possible.add(fault);
        return this;
    }

    /** Impossible here, because; half a sentence. */
    public Point cannot(FaultKind fault, String reason) {
        impossible.put(fault, reason);
        return this;
    }

    /** Nothing can be done here, and an injection that names the kind does not mean it. Half a sentence why. */
    public Point onlyRecorded(String why) {
        onlyRecorded = why;
        return this;
    }

    public boolean isOnlyRecorded() {
        return onlyRecorded != null;
    }

    /** What a wait here holds up; the caller alone if unsaid. */
    public Point holdsUp(Waiting whom) {
        waiting = whom;
        return this;
    }

    /** The bytes of these steps leave at that point, where they can be cut. */
    public Point leavesAt(Point where) {
        bytes = where;
        return this;
    }

    /** Recorded and faultable outside of an operation, too: then it is one of its own. */
    public Point alone() {
        isAlone = true;
        return this;
    }

    /**
     * Its advice asks {@link dev.midwrite.agent.gate.Gate#holds} and hands the call over, bound: nothing that its caller
     * needs comes back, so it can be made later ({@code lag}, {@code reorder}) and once more ({@code duplicate}).
     *
     * <p>What makes the call later is a thread of the agent, with the caller's context class loader and none of its thread
     * locals. What the call was given must not change meanwhile, or be said with {@link #cannot}.
     */
    public Point holds() {
        isHeld = true;
        return this;
    }

    /**
     * A user has described it, and nobody has looked at its methods before they are woven: what returns a value cannot be
     * kept from running, and what fits too many methods, or none, is refused.
     */
    public Point ofUser() {
        isUsers = true;
        return this;
    }

    /** One of its methods, which has just been found, returns a value. */
    public void returnsValue() {
        returnsValue = true;
    }

    /** It turns out to be none: nothing is recorded or done there. Half a sentence why. */
    public void refuse(String why) {
        refusal = why;
    }

    public boolean isRefused() {
        return refusal != null;
    }

    /** One sentence why this cannot be done here; empty if it can. */
    public Optional<String> reason(FaultKind fault, Edge edge) {
        String own = refusal == null ? impossible.get(fault) : refusal;
        own = own == null ? onlyRecorded : own;
        own = own == null ? byRole(fault) : own;
        boolean isPacedBefore = fault == FaultKind.THROTTLE && isPaced;
        if (own == null
                && fault.waits()
                && waiting == Waiting.EVERYBODY
                && !possible.contains(fault)
                && !isPacedBefore) {
            own = "its thread serves all sessions, and a wait would hold up all of them";
        }
        if (own == null && fault.isHeld() && !isHeld && isOfKind(fault, edge)) {
            own = "its call cannot be handed over to be made at another time";
        }
        if (own == null && fault == FaultKind.STALE && !isExchanged && isOfKind(fault, edge)) {
            own = "its answer cannot be exchanged for an older one";
        }
        if (own == null && fault == FaultKind.THROTTLE && !isPaced && isOfKind(fault, edge)) {
            own = "how many bytes leave there is not known";
        }
        if (own == null && isUsers && returnsValue && (fault == FaultKind.DROP || fault == FaultKind.PARTITION)) {
            own = "its method returns a value, which nobody can make up";
        }
        if (own == null && fault.isInside() && (role == Role.STEP || role == Role.ADOPT) && bytes == null) {
            own = "where its bytes leave is not known";
        }
        if (own != null) {
            return Optional.of(fault.label()
                    .concat(" at ")
                    .concat(name)
                    .concat(" is impossible: ")
                    .concat(own));
        }
        return possible.contains(fault)
                ? PossibleFaults.edgeReason(fault, kind, edge)
                : PossibleFaults.reason(fault, kind, edge);
    }

    /** Points of this kind can do it in general, or this one says that it can. */
    private boolean isOfKind(FaultKind fault, Edge edge) {
        return possible.contains(fault)
                || PossibleFaults.reason(fault, kind, edge).isEmpty();
    }

    private String byRole(FaultKind fault) {
        if (fault.isOfNode()) {
            return null;
        }
        if (role == Role.REPLY) {
            return "it only tells when a command is over; the command's own point can do it";
        }
        if (role == Role.PROBE) {
            return "the agent's own probe answers there; the request's own point can do it";
        }
        if (role == Role.BYTES && !fault.isInside() && fault != FaultKind.THROTTLE) {
            return "where bytes leave they can only be cut, changed or throttled; the command's own point can do it";
        }
        return null;
    }

    public Library library() {
        return library;
    }

    /** Stable; documents and drills use it, such as {@code spring.SessionRepository.save}. */
    public String name() {
        return name;
    }

    public PointKind kind() {
        return kind;
    }

    public Role role() {
        return role;
    }

    public List<Place> places() {
        return List.copyOf(places);
    }

    /** Classes whose reading of the time is woven, with dots. */
    public List<String> timeReaders() {
        return List.copyOf(timeReaders);
    }

    /** Whether it needs no class to be there. */
    public boolean isEverywhere() {
        return places.isEmpty() && timeReaders.isEmpty();
    }

    /** Class name of the exception that is thrown if an injection names none. */
    public String error() {
        return error;
    }

    /** Where the bytes of this step leave; null if that is not known. */
    public Point bytes() {
        return bytes;
    }

    /** Whether its advice can hand the call over. */
    public boolean isHeld() {
        return isHeld;
    }

    public boolean isAlone() {
        return isAlone;
    }

    /** Whether a user has described it. */
    public boolean isUsers() {
        return isUsers;
    }

    /** Its place in the {@link Catalogue}, from 0; the woven code names it. */
    public int number() {
        return number;
    }

    void number(int given) {
        number = given;
    }

    @Override
    public String toString() {
        return name;
    }
}
