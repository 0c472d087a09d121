package dev.midwrite.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Objectives, as in a drill file. One short trial proves no bound, so they need {@link DrillTest#trials}: too few make the
 * test inconclusive, and it fails with how many are needed. What is negative or empty is not asked for.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Require {

    /** Least session persistence score, 0 to less than 1. */
    double score() default -1;

    /** Least share of sessions that kept their id, 0 to less than 1. */
    double survival() default -1;

    /** Least share of trials that succeed, 0 to less than 1. */
    double success() default -1;

    /** Greatest failover time, such as {@code 2s}. */
    String failover() default "";

    /** How much alike the sessions of one trial fare, 0 to 1; 1 if not given. */
    double correlation() default -1;
}
