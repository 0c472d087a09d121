package dev.midwrite.agent.point;

import static net.bytebuddy.matcher.ElementMatchers.isAbstract;
import static net.bytebuddy.matcher.ElementMatchers.isBridge;
import static net.bytebuddy.matcher.ElementMatchers.isNative;
import static net.bytebuddy.matcher.ElementMatchers.not;

import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/**
 * Where one point lies in a library, and the code that is woven there.
 *
 * <p>The nested class {@code Code} holds the advice. It is inlined and never loaded: it may name the library's types,
 * and must hold a few plain lines, without lambdas, string concatenation, enums or methods of its own.
 */
public abstract class Point {
    private final Place place;

    Point(Place place) {
        this.place = place;
    }

    public Place place() {
        return place;
    }

    /** Types that may carry the point; a type without a matching method of its own does not. */
    public abstract ElementMatcher<TypeDescription> types();

    /** Methods by name and number of arguments: descriptors differ between versions of a library. */
    abstract ElementMatcher.Junction<MethodDescription> calls();

    /** Bridges would count every call twice. */
    public ElementMatcher<MethodDescription> methods() {
        return calls().and(not(isBridge())).and(not(isAbstract())).and(not(isNative()));
    }

    /** Name of the advice, for a class file locator. */
    public String advice() {
        return getClass().getName() + "$Code";
    }
}
