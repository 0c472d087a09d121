package dev.midwrite.controller.run;

import dev.midwrite.controller.FullDisk;
import dev.midwrite.controller.report.ShellWord;
import java.nio.file.Path;

/** The environment broke after something had been started, so that there is nothing to judge. One sentence says what. */
public final class BrokenRun extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BrokenRun(String sentence, Throwable cause) {
        super(sentence, cause);
    }

    /** What was recorded by then is there. */
    static BrokenRun of(RuntimeException cause, Path directory) {
        String sentence = FullDisk.behind(cause).isPresent()
                ? "The disk with " + directory + " is full. " + cause.getMessage()
                        + " Once there is room, this judges what was recorded: ./midwrite check "
                        + ShellWord.of(directory)
                : cause.getMessage();
        return new BrokenRun(sentence, cause);
    }
}
