package dev.midwrite.event;

/** An enum constant with a stable number in frames; the numbers are part of the format and are only ever added. */
public interface Code {

    /** The number in the frame, 0 to 65535. */
    int code();

    /**
     * The constant with this number.
     *
     * @throws IllegalArgumentException if the number is of a later version of the format, or garbage
     */
    static <E extends Enum<E> & Code> E of(E[] values, int code) {
        // Constants stand in the order of their codes from 0, which CodeTest pins; so the number is the index.
        if (code < 0 || code >= values.length) {
            throw new IllegalArgumentException(
                    "no " + values[0].getDeclaringClass().getSimpleName() + " has number " + code);
        }
        return values[code];
    }
}
