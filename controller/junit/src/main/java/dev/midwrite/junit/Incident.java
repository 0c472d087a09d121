package dev.midwrite.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * One of the published ways to lose sessions, by its name in {@code midwrite incident list}: its users and its timeline are
 * in the place of the class's own.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Incident {
    /** Such as {@code in-memory-deploy}. */
    String value();
}
