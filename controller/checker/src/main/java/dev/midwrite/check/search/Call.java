package dev.midwrite.check.search;

/** What an operation did, with what it observed: the value of a read is the value that was returned. */
public sealed interface Call {

    /** Returned {@code value}; changes nothing. */
    record Read(Object value) implements Call {}

    /** Replaced whatever was there by {@code value}. */
    record Write(Object value) implements Call {}

    /** Found {@code expected} and replaced it by {@code next}. One that did not find it changed nothing: no call. */
    record CompareAndSet(Object expected, Object next) implements Call {}

    /** Put {@code piece} at the end of the text. */
    record Append(String piece) implements Call {}
}
