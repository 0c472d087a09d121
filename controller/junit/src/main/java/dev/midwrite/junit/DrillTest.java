package dev.midwrite.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * One drill: what {@link Drill} says is started, users work, what {@link Inject}, {@link Incident} or {@link #timeline} say
 * happens, and all is stopped and judged. The test fails unless the verdict is pass, or what {@link Expect} says; then the
 * method's body runs, which may ask for more of its parameter {@link DrillVerdict}. A method with a parameter {@link Cluster} or
 * {@link Users} runs while users work, in the place of a timeline, and is judged when it has returned.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Test
@ExtendWith(DrillExtension.class)
public @interface DrillTest {

    /** How often the drill is run, each time with another seed; all trials are judged as one. 1 to 10,000. */
    int trials() default 1;

    /** Steps as in the timeline of a drill file, after those of {@link Inject}. */
    String timeline() default "";

    /** In the place of {@link Drill#duration}. */
    String duration() default "";
}
