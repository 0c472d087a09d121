package dev.midwrite.agent.point;

import static net.bytebuddy.matcher.ElementMatchers.hasSuperType;
import static net.bytebuddy.matcher.ElementMatchers.isInterface;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.not;

import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** A point on every implementation of {@code SessionRepository}, whatever store it has. */
abstract class SpringRepositoryPoint extends Point {

    SpringRepositoryPoint(Place place) {
        super(place);
    }

    @Override
    public final ElementMatcher<TypeDescription> types() {
        return hasSuperType(named("org.springframework.session.SessionRepository"))
                .and(not(isInterface()));
    }
}
