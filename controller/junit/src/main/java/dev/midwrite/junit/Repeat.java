package dev.midwrite.junit;

import java.lang.reflect.Method;
import java.util.Optional;

/** What a person types to run one test again. */
final class Repeat {

    private Repeat() {}

    /** @param seed if it is not the annotation's */
    static String command(Class<?> where, Method method, Optional<Long> seed) {
        String other = seed.map(number -> " -D" + Setting.SEED + "=" + number).orElse("");
        if (System.getProperty("org.gradle.test.worker") != null) {
            return "./gradlew test --tests '" + where.getName() + "." + method.getName() + "'" + other;
        }
        return "mvn test -Dtest='" + where.getName() + "#" + method.getName() + "'" + other;
    }
}
