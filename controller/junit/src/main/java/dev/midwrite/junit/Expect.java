package dev.midwrite.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What each trial is to say, as {@code expect} in a drill file; the test passes if it does. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Expect {

    /** Findings that must be there, such as {@code SESSION_LOST}; no other hard one may be, but those of {@link #also}. */
    String[] findings() default {};

    /** Findings that may be there. */
    String[] also() default {};

    /** {@code pass}, {@code fail}, {@code vacuous} and so on; if not given, {@code fail} with {@link #findings} and pass without. */
    String verdict() default "";
}
