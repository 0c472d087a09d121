package dev.midwrite.controller.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.Profile;
import dev.midwrite.check.property.RegisterCheck;
import dev.midwrite.check.session.SessionChecker;
import dev.midwrite.check.session.Terms;
import dev.midwrite.controller.history.Bundle;
import dev.midwrite.controller.history.HistoryWriter;
import dev.midwrite.controller.history.StartFile;
import dev.midwrite.controller.live.LiveRunFiles;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import dev.midwrite.event.UserOperationBuilder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A checker of another project, JetBrains' Lincheck, judges what {@code midwrite export} writes, and says what ours says. */
class ForeignVerdictTest {
    private static final int REGISTERS = 400;
    private static final Terms TERMS = new Terms(
            Profile.STRONG,
            List.of("unknown", "node-1"),
            List.of("session", "register a"),
            true,
            Long.MAX_VALUE / 4,
            0,
            Long.MAX_VALUE,
            0);

    @TempDir
    private Path directory;

    private static UserOperationBuilder operation(OperationKind kind, long session, int process, long from, long to) {
        return UserOperation.of(kind, session)
                .between(from, to)
                .node(1)
                .incarnation(77)
                .attribute(1)
                .process(process)
                .request(session << 20 | from, 1);
    }

    private static UserOperation write(long value, long from, long to) {
        return operation(OperationKind.WRITE, 1, 7, from, to).value(value).build();
    }

    private static UserOperation read(long value, long from, long to) {
        return operation(OperationKind.READ, 1, 8, from, to).value(value).build();
    }

    /** One line of command, as somebody types it. */
    private static int midwrite(String... words) {
        return Midwrite.commandLine()
                .setOut(new PrintWriter(new StringWriter()))
                .setErr(new PrintWriter(new StringWriter()))
                .execute(words);
    }

    /** A file for each session's register. */
    private List<Path> exported(List<UserOperation> operations) throws IOException {
        Bundle bundle = LiveRunFiles.bundle(directory);
        StartFile.create(bundle, LiveRunFiles.FACTS).close();
        try (HistoryWriter history = HistoryWriter.create(bundle.users())) {
            operations.forEach(history::append);
        }
        Path to = directory.resolve("exported");
        assertThat(midwrite(
                        "export",
                        "--format",
                        "edn",
                        "--out",
                        to.toString(),
                        bundle.directory().toString()))
                .isZero();
        try (Stream<Path> files = Files.list(to)) {
            return files.sorted().toList();
        }
    }

    private boolean lincheck(UserOperation... operations) throws Exception {
        List<Path> files = exported(List.of(operations));
        assertThat(files).hasSize(1);
        boolean verdict = LincheckReading.of(files.get(0)).linearizable();
        assertThat(ofFile(files.get(0))).as("our own reader of such files").isEqualTo(verdict);
        assertThat(ofOperations(List.of(operations))).as("the drills' check").isEqualTo(verdict);
        return verdict;
    }

    private static boolean ofFile(Path file) {
        int exit = midwrite("check", "--format", "edn-register", file.toString());
        assertThat(exit).isBetween(0, 1);
        return exit == 0;
    }

    private static boolean ofOperations(List<UserOperation> register) {
        SessionChecker checker = new SessionChecker(TERMS, List.of(new RegisterCheck()), 3);
        checker.begin(register.get(0).session());
        register.forEach(checker::accept);
        checker.finish();
        return checker.take().violations().isEmpty();
    }

    @Test
    void whatIsReadAsItWasWrittenIsAccepted() throws Exception {
        assertThat(lincheck(read(0, 1, 2), write(5, 3, 4), read(5, 5, 6), write(6, 7, 8), read(6, 9, 10)))
                .isTrue();
    }

    @Test
    void anAcknowledgedWriteThatIsGoneIsRejected() throws Exception {
        assertThat(lincheck(write(5, 1, 2), write(6, 3, 4), read(5, 5, 6))).isFalse();
    }

    @Test
    void whatOverlapsMayComeInEitherOrder() throws Exception {
        assertThat(lincheck(write(5, 1, 2), write(6, 3, 9), read(5, 5, 6), read(6, 7, 8)))
                .isTrue();
    }

    @Test
    void whatWasSeenOnceDoesNotGoAway() throws Exception {
        assertThat(lincheck(write(5, 1, 2), write(6, 3, 9), read(6, 5, 6), read(5, 7, 8)))
                .isFalse();
    }

    @Test
    void aWriteWithoutAnAnswerMayTakeEffectLate() throws Exception {
        UserOperation unknown = operation(OperationKind.WRITE, 1, 7, 3, UserOperation.NEVER)
                .value(6)
                .outcome(Outcome.INFO)
                .build();
        assertThat(lincheck(write(5, 1, 2), unknown, read(5, 50, 60), read(6, 70, 80)))
                .isTrue();
    }

    @Test
    void aWriteThatFailedForCertainShowsNowhere() throws Exception {
        UserOperation failed = operation(OperationKind.WRITE, 1, 7, 3, 4)
                .value(6)
                .outcome(Outcome.FAIL)
                .build();
        assertThat(lincheck(write(5, 1, 2), failed, read(6, 5, 6))).isFalse();
    }

    /** Small registers that several use at once, of which about half cannot be explained: no verdict differs. */
    @Test
    void onRandomRegistersAllSayTheSame() throws Exception {
        Random random = new Random(20_261_201);
        List<List<UserOperation>> registers = new ArrayList<>();
        for (long session = 1; session <= REGISTERS; session++) {
            registers.add(register(random, session));
        }
        List<Path> files = exported(registers.stream().flatMap(List::stream).toList());
        assertThat(files).hasSize(REGISTERS);
        int accepted = 0;
        for (int i = 0; i < REGISTERS; i++) {
            boolean foreign = LincheckReading.of(files.get(i)).linearizable();
            assertThat(ofFile(files.get(i))).as(files.get(i).toString()).isEqualTo(foreign);
            assertThat(ofOperations(registers.get(i)))
                    .as(registers.get(i).toString())
                    .isEqualTo(foreign);
            accepted += foreign ? 1 : 0;
        }
        assertThat(accepted).isBetween(REGISTERS / 5, 4 * REGISTERS / 5);
    }

    /** Operations take effect somewhere between their ends; now and then a read shows another value, or an end is lost. */
    private static List<UserOperation> register(Random random, long session) {
        int processes = 2 + random.nextInt(3);
        long[] free = new long[processes];
        int[] names = IntStream.range(0, processes).toArray();
        int fresh = processes;
        List<long[]> spans = new ArrayList<>();
        int size = 3 + random.nextInt(8);
        for (int i = 0; i < size; i++) {
            int process = random.nextInt(processes);
            long from = free[process] + 1 + random.nextInt(4);
            long effect = from + random.nextInt(8);
            long to = effect + random.nextInt(8);
            boolean lost = random.nextInt(6) == 0;
            spans.add(new long[] {effect, from, lost ? UserOperation.NEVER : to, names[process]});
            free[process] = to;
            // Nobody goes on who does not know how the last operation ended.
            names[process] = lost ? fresh++ : names[process];
        }
        spans.sort((one, other) -> Long.compare(one[0], other[0]));
        List<UserOperation> operations = new ArrayList<>();
        long value = 0;
        for (int i = 0; i < size; i++) {
            long[] span = spans.get(i);
            boolean write = i == 0 || random.nextBoolean();
            boolean lost = span[2] == UserOperation.NEVER;
            Outcome outcome = lost ? Outcome.INFO : random.nextInt(12) == 0 ? Outcome.FAIL : Outcome.OK;
            long seen = random.nextInt(5) == 0 ? random.nextInt(size + 1) : value;
            operations.add(operation(
                            write ? OperationKind.WRITE : OperationKind.READ, session, (int) span[3], span[1], span[2])
                    .value(write ? i + 1L : seen)
                    .outcome(outcome)
                    .build());
            if (write && (outcome == Outcome.OK || (lost && random.nextBoolean()))) {
                value = i + 1L;
            }
        }
        return operations;
    }
}
