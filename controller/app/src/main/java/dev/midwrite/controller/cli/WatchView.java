package dev.midwrite.controller.cli;

import dev.midwrite.controller.history.RunProgress;
import dev.midwrite.controller.live.LiveHistory;
import dev.midwrite.controller.live.LiveTally;
import java.util.Optional;

/** How a run that goes on is shown to somebody who watches it. Not thread-safe. */
interface WatchView {

    /** A finding, or a word about watching itself. */
    void say(String text);

    /**
     * What is known now.
     *
     * @param progress empty if the run does not say how far it is
     */
    void show(Optional<RunProgress> progress, LiveHistory live, LiveTally found);

    /** Nothing more is shown. */
    void close();
}
