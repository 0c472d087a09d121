package dev.midwrite.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A fault, where it strikes and how often: the keys of {@code inject} in a drill file. What is empty, 0 or false is not
 * given.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Repeatable(Inject.All.class)
public @interface Inject {

    /** Such as {@code delay}, {@code error}, {@code drop}, {@code crash}, {@code stale}. */
    String fault();

    /** A kind of point such as {@code session.save}, or one library's. */
    String point() default "";

    /** {@code before}, {@code after-step}, {@code inside} or {@code after}. */
    String edge() default "";

    /** After or inside which step of the operation, from 1. */
    int step() default 0;

    /** After or inside a step with this command. */
    String command() default "";

    /** Only the first save of a new session. */
    boolean onlyNew() default false;

    /** Only saves that change something. */
    boolean onlyDirty() default false;

    /** Names of nodes; all if not given. */
    String[] nodes() default {};

    /** Share of the sessions, such as {@code 10%}. */
    String sessions() default "";

    /** Of each passage, such as {@code 2%}. */
    String probability() default "";

    /** Each n-th passage of a session. */
    int every() default 0;

    /** Only after so many passages of a session. */
    int after() default 0;

    /** So often per node at the most. */
    int atMost() default 0;

    /** Of {@code delay}. */
    String delay() default "";

    /** Of {@code lag}. */
    String lag() default "";

    /** Of {@code clock}: how far ahead, or behind ({@code -1h}). */
    String offset() default "";

    /** Of {@code tear}: how much leaves, such as {@code 64 B}. */
    String bytes() default "";

    /** Of {@code throttle}, such as {@code 64 KiB/s}. */
    String rate() default "";

    /** Of {@code tear}: share of the command; of {@code pressure}: share of the heap. */
    String share() default "";

    /** Of {@code error}: class name of the exception. */
    String error() default "";

    /** When it is armed, from the timeline's begin. */
    String at() default "1s";

    /** For how long; until users stop if not given. */
    String lasting() default "";

    /** Several of one method. */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    @interface All {
        Inject[] value();
    }
}
