package dev.midwrite.agent.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** How a test calls one point, and how it sees that the body ran. Made anew for each test. */
abstract class Subject {
    /** Classes to load again, woven. */
    abstract Class<?>[] classes();

    /** Beginnings of names of further classes to load again, as they are: the packages of woven ones. */
    List<String> again() {
        return List.of();
    }

    /** Makes what is called, while the gate is closed. */
    abstract void prepare(WovenLoader loader) throws ReflectiveOperationException;

    /** The gate has been opened: what must be handed out by a woven repository is fetched now. */
    void opened() {}

    /** Calls the woven method once. */
    abstract void call() throws Exception;

    /** Whether a call here is one: if it would end the JVM, forked tests make it. */
    boolean isCalled() {
        return true;
    }

    /** Whether the last call had its effect. */
    abstract boolean bodyRan();

    /** What {@link #failsWith} has seen. */
    Throwable failure;

    /** The caller learns that the call failed: it throws, or whatever else this library does. */
    void failsWith(Class<? extends Throwable> type, ThrowingCallable call) {
        failure = catchThrowable(call);
        assertThat(failure).isInstanceOf(type);
    }
}
