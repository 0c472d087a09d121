package dev.midwrite.junit;

import java.lang.reflect.Method;

/** What a person types to run one test again. */
final class Repeat {

    private Repeat() {}

    static String command(Class<?> where, Method method) {
        if (System.getProperty("org.gradle.test.worker") != null) {
            return "./gradlew test --tests '" + where.getName() + "." + method.getName() + "'";
        }
        return "mvn test -Dtest='" + where.getName() + "#" + method.getName() + "'";
    }
}
