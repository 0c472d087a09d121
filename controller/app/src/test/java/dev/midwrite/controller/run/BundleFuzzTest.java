package dev.midwrite.controller.run;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.midwrite.controller.Problem;
import dev.midwrite.controller.history.Bundle;
import dev.midwrite.controller.plan.InvalidDrill;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** A bundle in which any file is another one is judged, or is rejected with a sentence. */
class BundleFuzzTest {
    private static final List<String> FILES = List.of(
            "run.json",
            "drill.yaml",
            "users.ops",
            "context.json",
            "latency.json",
            "front.json",
            "load.json",
            "sockets.json",
            "traces.json",
            "evidence.sha256");

    @TempDir
    static Path directory;

    private static Bundle bundle;

    /** @param file the first byte chooses which one it is */
    @FuzzTest
    void bundle(byte[] file) throws IOException {
        if (file.length == 0) {
            return;
        }
        if (bundle == null) {
            bundle = new SyntheticTrial(directory, "run", 1).losing().write();
        }
        Path changed = bundle.directory().resolve(FILES.get(Math.floorMod(file[0], FILES.size())));
        byte[] before = Files.exists(changed) ? Files.readAllBytes(changed) : null;
        Files.write(changed, Arrays.copyOfRange(file, 1, file.length));
        try {
            BundleJudge.look(bundle.directory());
        } catch (Problem | InvalidDrill e) {
            if (e.getMessage().isBlank()) {
                throw new AssertionError("rejected without a word", e);
            }
        } finally {
            if (before == null) {
                Files.delete(changed);
            } else {
                Files.write(changed, before);
            }
        }
    }
}
