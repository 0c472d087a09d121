package dev.midwrite.controller.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.controller.history.Bundle;
import dev.midwrite.controller.history.Seal;
import dev.midwrite.controller.run.RunContextFile;
import dev.midwrite.controller.run.SyntheticTrial;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A bundle that proves a violation never passes because it was damaged; what is damaged is invalid, with the place. */
class DamagedBundleTest {
    private static final int TRIES = Integer.getInteger("midwrite.bundle.damages", 150);

    @TempDir
    private Path directory;

    private Bundle bundle;
    private String said;

    @BeforeEach
    void write() throws IOException {
        bundle = new SyntheticTrial(directory, "run", 1).losing().write();
    }

    @Test
    void aWholeOneFails() {
        assertThat(check()).isEqualTo(1);
        assertThat(said).startsWith("\nFAIL");
    }

    @Test
    void aDamagedHistoryIsInvalidAtItsPlace() throws IOException {
        byte[] whole = Files.readAllBytes(bundle.users());
        SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < TRIES; i++) {
            byte[] damaged = damage(whole, random);
            Files.write(bundle.users(), damaged);
            int exit = check();
            if (!Arrays.equals(damaged, whole)) {
                assertThat(exit).as("%d: %s", i, said).isEqualTo(5);
                assertThat(said)
                        .startsWith("INVALID")
                        .containsPattern("users.ops(: operation .* at byte | had [0-9]+ bytes when the run ended)");
            }
        }
    }

    /** Every byte of it is good, and its last operations are the final reads. */
    @Test
    void aHistoryCutBetweenTwoOperationsIsInvalid() throws IOException {
        byte[] whole = Files.readAllBytes(bundle.users());
        ByteBuffer frames = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at < whole.length; at += frames.getInt(at)) {
            Files.write(bundle.users(), Arrays.copyOf(whole, at));
            assertThat(check()).as("cut at byte %d", at).isEqualTo(5);
            assertThat(said).contains("had " + whole.length + " bytes when the run ended and now has " + at + ".");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"run.json", "drill.yaml"})
    void aDamagedDescriptionNeverMakesAPass(String name) throws IOException {
        Path file = bundle.directory().resolve(name);
        byte[] whole = Files.readAllBytes(file);
        SplittableRandom random = new SplittableRandom(12);
        int invalid = 0;
        for (int i = 0; i < TRIES; i++) {
            byte[] damaged = damage(whole, random);
            Files.write(file, damaged);
            int exit = check();
            assertThat(exit)
                    .as("%d: %s\n%s", i, said, new String(damaged, StandardCharsets.UTF_8))
                    .isIn(1, 2, 3, 4, 5);
            if (exit == 5) {
                invalid++;
            }
        }
        assertThat(invalid).isGreaterThan(TRIES / 4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"run.json", "users.ops"})
    void aBundleWithoutAPartIsInvalid(String name) throws IOException {
        Files.delete(bundle.directory().resolve(name));
        assertThat(check()).isEqualTo(5);
        assertThat(said).startsWith("INVALID").contains("is no bundle: it has no run.json or no users.ops");
    }

    @Test
    void twoHistoriesInOneFileAreInvalid() throws IOException {
        byte[] whole = Files.readAllBytes(bundle.users());
        ByteArrayOutputStream twice = new ByteArrayOutputStream();
        twice.write(whole);
        twice.write(whole);
        Files.write(bundle.users(), twice.toByteArray());
        assertThat(check()).isEqualTo(5);
        assertThat(said).contains("at byte " + whole.length + ": here is number 0");
    }

    /** One flipped bit anywhere: what would still be legal is no longer believed. */
    @ParameterizedTest
    @ValueSource(strings = {"run.json", "drill.yaml", "users.ops", "evidence.sha256"})
    void anEditedFileOfASealedBundleIsInvalidAndSaid(String name) throws IOException {
        Seal.evidence(bundle.directory());
        Path file = bundle.directory().resolve(name);
        byte[] whole = Files.readAllBytes(file);
        SplittableRandom random = new SplittableRandom(13);
        for (int i = 0; i < TRIES / 5; i++) {
            byte[] damaged = damage(whole, random);
            Files.write(file, damaged);
            int exit = check();
            if (!Arrays.equals(damaged, whole)) {
                assertThat(exit).as("%d: %s", i, said).isEqualTo(5);
                assertThat(said).contains("INVALID").containsPattern("edited after its run: .*" + name);
            }
        }
        Files.write(file, whole);
        assertThat(check()).isEqualTo(1);
        assertThat(said).doesNotContain("edited");
    }

    /** A pass stays none, and a fail is not believed: nobody knows what stood there. */
    @Test
    void aNumberThatWasChangedMakesNoFailEither() throws IOException {
        bundle = new SyntheticTrial(directory, "sound", 2).write();
        Seal.evidence(bundle.directory());
        assertThat(check()).as(said).isIn(0, 3);
        String facts = Files.readString(bundle.run());
        Files.writeString(bundle.run(), facts.replace("\"settledAt\" : 50000000000", "\"settledAt\" : 5000000000"));
        assertThat(check()).isEqualTo(5);
        assertThat(said)
                .contains("The run cannot be judged: the bundle was edited after its run: run.json was changed.");
    }

    @Test
    void checkingAgainLeavesWhatTheRunLeftAsItIs() throws IOException {
        Seal.evidence(bundle.directory());
        String list = Files.readString(bundle.directory().resolve("evidence.sha256"));
        check();
        Files.writeString(bundle.drill(), Files.readString(bundle.drill()) + "\n");
        check();
        check();
        assertThat(said).contains("edited after its run: drill.yaml was changed");
        assertThat(bundle.directory().resolve("evidence.sha256")).hasContent(list);
    }

    /** With or without checksums: never a pass, and never more than a sentence. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void filesThatWereSwappedAreInvalid(boolean sealed) throws IOException {
        RunContextFile.write(bundle);
        List<Path> files;
        try (Stream<Path> all = Files.list(bundle.directory())) {
            files = all.sorted().toList();
        }
        if (sealed) {
            Seal.evidence(bundle.directory());
        }
        Path aside = directory.resolve("aside");
        for (Path one : files) {
            for (Path other : files.subList(files.indexOf(one) + 1, files.size())) {
                swap(one, other, aside);
                assertThat(check()).as("%s and %s: %s", one, other, said).isEqualTo(5);
                assertThat(said).doesNotContain("Exception");
                assertThat(said.contains("edited")).isEqualTo(sealed);
                swap(one, other, aside);
            }
        }
    }

    private static void swap(Path one, Path other, Path aside) throws IOException {
        Files.move(one, aside);
        Files.move(other, one);
        Files.move(aside, other);
    }

    private int check() {
        StringWriter out = new StringWriter();
        int exit = Midwrite.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(out))
                .execute("check", bundle.directory().toString());
        said = out.toString();
        return exit;
    }

    /** Cut, flipped, doubled or overwritten with garbage, at a random place. */
    private static byte[] damage(byte[] whole, SplittableRandom random) {
        byte[] bytes = whole.clone();
        int at = random.nextInt(bytes.length);
        switch (random.nextInt(4)) {
            case 0 -> {
                return Arrays.copyOf(bytes, at);
            }
            case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 2 -> {
                int end = Math.min(bytes.length, at + 1 + random.nextInt(200));
                ByteArrayOutputStream doubled = new ByteArrayOutputStream();
                doubled.write(bytes, 0, end);
                doubled.write(bytes, at, bytes.length - at);
                return doubled.toByteArray();
            }
            default -> {
                for (int i = at; i < Math.min(bytes.length, at + 40); i++) {
                    bytes[i] = (byte) random.nextInt(256);
                }
            }
        }
        return bytes;
    }
}
