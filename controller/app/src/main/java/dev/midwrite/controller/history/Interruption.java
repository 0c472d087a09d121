package dev.midwrite.controller.history;

import java.nio.file.Files;
import java.util.Locale;
import java.util.Optional;

/**
 * A run that did not come to its end: its controller was killed or told to end, or something broke.
 *
 * @param phase in which it was, and {@code at} when that was written down last; nanoseconds on the users' clock
 */
record Interruption(String phase, long at) {
    private static final String OVER = "done";

    /** Empty if all evidence of the run was written, it is under way, or of an earlier version that does not say how far it came. */
    static Optional<Interruption> of(Bundle bundle) {
        if (Files.exists(bundle.run()) || !Files.isRegularFile(bundle.start()) || StartFile.locked(bundle)) {
            return Optional.empty();
        }
        Optional<RunProgress> progress = RunProgress.read(bundle);
        if (progress.isEmpty()) {
            return Optional.of(new Interruption("unknown", 0));
        }
        return progress.filter(last -> !last.phase().equals(OVER))
                .map(last -> new Interruption(last.phase(), last.at()));
    }

    String sentence() {
        return String.format(
                Locale.ROOT,
                "The run was broken off in its phase '%s', %.1f s after it had begun; this rests on what was recorded by then.",
                phase,
                at / 1e9);
    }
}
