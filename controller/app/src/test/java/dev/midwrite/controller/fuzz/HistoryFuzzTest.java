package dev.midwrite.controller.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.midwrite.check.format.HistoryFormat;
import dev.midwrite.check.format.UnreadableHistoryException;
import dev.midwrite.check.search.Budget;
import java.time.Duration;
import java.util.Arrays;

/** A history of another tool is judged, or is unreadable at a line. */
class HistoryFuzzTest {
    private static final Budget LITTLE = new Budget(Duration.ofMillis(200), 10_000);

    /** @param file the first byte chooses the format */
    @FuzzTest
    void history(byte[] file) {
        if (file.length == 0) {
            return;
        }
        HistoryFormat[] formats = HistoryFormat.values();
        try {
            formats[Math.floorMod(file[0], formats.length)]
                    .read(Arrays.copyOfRange(file, 1, file.length), null)
                    .judge(LITTLE);
        } catch (UnreadableHistoryException e) {
            if (!e.getMessage().startsWith("line ")) {
                throw new AssertionError("unreadable at no place", e);
            }
        }
    }
}
