package dev.midwrite.agent.weave;

import static net.bytebuddy.matcher.ElementMatchers.hasSuperType;
import static net.bytebuddy.matcher.ElementMatchers.isAbstract;
import static net.bytebuddy.matcher.ElementMatchers.isBridge;
import static net.bytebuddy.matcher.ElementMatchers.isInterface;
import static net.bytebuddy.matcher.ElementMatchers.isNative;
import static net.bytebuddy.matcher.ElementMatchers.nameStartsWith;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.namedOneOf;
import static net.bytebuddy.matcher.ElementMatchers.not;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import dev.midwrite.agent.point.Call;
import dev.midwrite.agent.point.Place;
import java.util.List;
import java.util.Map;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;
import net.bytebuddy.matcher.ElementMatchers;

/** Places as Byte Buddy's matchers. */
final class Matchers {

    private Matchers() {}

    /** @param wrappers beginnings of the names of classes that are left alone */
    static ElementMatcher<TypeDescription> types(Place place, List<String> wrappers) {
        ElementMatcher.Junction<TypeDescription> wanted =
                namedOneOf(place.types().toArray(new String[0]));
        if (place.isSuper()) {
            ElementMatcher.Junction<TypeDescription> carriers = not(isInterface());
            for (String wrapper : wrappers) {
                carriers = carriers.and(not(nameStartsWith(wrapper)));
            }
            wanted = carriers.and(hasSuperType(wanted));
        }
        return ElementMatchers.failSafe(wanted);
    }

    /** Bridges would count every call twice. */
    static ElementMatcher<MethodDescription> methods(Call call) {
        ElementMatcher.Junction<MethodDescription> wanted =
                namedOneOf(call.methods().toArray(new String[0]));
        if (call.arguments() >= 0) {
            wanted = wanted.and(takesArguments(call.arguments()));
        }
        for (Map.Entry<Integer, String> type : call.types().entrySet()) {
            wanted = wanted.and(takesArgument(type.getKey(), named(type.getValue())));
        }
        for (Map.Entry<Integer, String> type : call.subtypes().entrySet()) {
            wanted = wanted.and(takesArgument(type.getKey(), hasSuperType(named(type.getValue()))));
        }
        return ElementMatchers.failSafe(
                wanted.and(not(isBridge())).and(not(isAbstract())).and(not(isNative())));
    }
}
