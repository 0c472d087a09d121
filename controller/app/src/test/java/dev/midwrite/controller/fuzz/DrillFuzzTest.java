package dev.midwrite.controller.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.midwrite.controller.plan.DrillFile;
import dev.midwrite.controller.plan.InvalidDrill;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A drill file that makes no sense is rejected with sentences, whatever stands in it. */
class DrillFuzzTest {
    @FuzzTest
    void drill(byte[] file) {
        try {
            Path name = Path.of("drill.yaml");
            String text = new String(file, StandardCharsets.UTF_8);
            DrillFile.forBundle(name, text);
            DrillFile.parse(name, text);
        } catch (InvalidDrill e) {
            if (e.getMessage().isBlank()) {
                throw new AssertionError("rejected without a word", e);
            }
        }
    }
}
