package dev.midwrite.controller.load;

/**
 * One request as its client noted it.
 *
 * @param start milliseconds since 1970
 * @param failure such as {@code status 503} or {@code no answer}; empty if it was served
 */
public record RequestResult(double start, String failure) {

    /** @param status of HTTP; 0 if there was no answer */
    static RequestResult of(double start, int status) {
        return new RequestResult(start, status == 0 ? "no answer" : status >= 400 ? "status " + status : "");
    }

    boolean served() {
        return failure.isEmpty();
    }
}
