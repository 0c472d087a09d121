package dev.midwrite.check.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.Profile;
import dev.midwrite.check.Validity;
import dev.midwrite.check.property.DocumentCheck;
import dev.midwrite.check.property.RegisterCheck;
import dev.midwrite.check.session.SessionCheck;
import dev.midwrite.check.session.SessionChecker;
import dev.midwrite.check.session.Tally;
import dev.midwrite.check.session.Terms;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The fast checks say what the search says, on random small histories whose written values are unique. */
class DifferentialTest {
    private static final int HISTORIES = Integer.getInteger("midwrite.differential.histories", 100_000);
    private static final Terms TERMS = new Terms(
            Profile.STRONG, List.of("none", "n1"), List.of("a"), true, Long.MAX_VALUE / 4, 0, Long.MAX_VALUE, 0);

    @Test
    void registerCheckAgreesWithTheSearch() {
        compare(new RegisterCheck(), false);
    }

    @Test
    void documentCheckAgreesWithTheSearch() {
        compare(new DocumentCheck(), true);
    }

    private static void compare(SessionCheck check, boolean document) {
        SplittableRandom random = new SplittableRandom(document ? 2 : 1);
        SessionChecker checker = new SessionChecker(TERMS, List.of(check), 3);
        int[] verdicts = new int[2];
        for (int i = 0; i < HISTORIES; i++) {
            List<UserOperation> history = history(random, document);
            checker.begin(1);
            history.forEach(checker::accept);
            checker.finish();
            Tally tally = checker.take();
            boolean fast = tally.violations().isEmpty();
            List<Operation> operations = operations(history);
            Validity slow = Search.run(operations, new RegisterModel(operations, 0L), Budget.DEFAULT)
                    .validity();
            // Without an answer the users do not know which version an update began from; in the search they do.
            boolean undecided = fast && tally.of(check.property()).inconclusive() > 0;
            if (!undecided && slow != (fast ? Validity.TRUE : Validity.FALSE)) {
                throw new AssertionError("search " + slow + ", fast " + tally.violations() + ": " + history);
            }
            if (!undecided) {
                verdicts[fast ? 1 : 0]++;
            }
        }
        assertThat(verdicts[0]).isGreaterThan(HISTORIES / 10);
        assertThat(verdicts[1]).isGreaterThan(HISTORIES / 10);
    }

    private static List<UserOperation> history(SplittableRandom random, boolean document) {
        int size = 1 + random.nextInt(12);
        int processes = 1 + random.nextInt(4);
        double made = random.nextInt(4) * 0.1;
        double hidden = random.nextInt(3) * 0.15;
        int spread = 1 + random.nextInt(12);
        long[] free = new long[processes];
        int[] name = new int[processes];
        List<long[]> spans = new ArrayList<>();
        int names = 0;
        for (int i = 0; i < processes; i++) {
            name[i] = ++names;
        }
        for (int i = 0; i < size; i++) {
            int process = random.nextInt(processes);
            long invoked = free[process] + 1 + random.nextInt(3);
            long effect = invoked + random.nextInt(spread);
            long returned = effect + random.nextInt(spread);
            boolean info = random.nextDouble() < hidden;
            spans.add(new long[] {effect, invoked, returned, name[process], info ? 1 : 0});
            free[process] = returned + random.nextInt(2);
            if (info) {
                name[process] = ++names;
            }
        }
        spans.sort((a, b) -> Long.compare(a[0], b[0]));
        List<UserOperation> history = new ArrayList<>();
        long value = 0;
        long parent = 0;
        for (int i = 0; i < size; i++) {
            long[] span = spans.get(i);
            long seen = random.nextDouble() < made ? random.nextInt(size + 2) : value;
            boolean write = random.nextInt(2) == 0;
            Outcome outcome = span[4] == 1 ? Outcome.INFO : random.nextInt(20) == 0 ? Outcome.FAIL : Outcome.OK;
            OperationKind kind = document
                    ? write ? OperationKind.UPDATE : OperationKind.READ_DOCUMENT
                    : write ? OperationKind.WRITE : OperationKind.READ;
            long given = write ? i + 1L : seen;
            long second = document ? (write ? seen : parent) : 0;
            history.add(operation(i, kind, outcome, span, given, document && !write ? -1 : second));
            boolean took = outcome == Outcome.OK || (outcome == Outcome.INFO && random.nextBoolean());
            if (write && took && (!document || seen == value)) {
                parent = value;
                value = i + 1L;
            }
        }
        return document ? withParents(history) : history;
    }

    /** A version that was read says which one it came from. */
    private static List<UserOperation> withParents(List<UserOperation> history) {
        List<UserOperation> complete = new ArrayList<>();
        for (UserOperation o : history) {
            long parent = o.second();
            if (o.kind() == OperationKind.READ_DOCUMENT) {
                parent = history.stream()
                        .filter(w -> w.kind() == OperationKind.UPDATE && w.value() == o.value())
                        .mapToLong(UserOperation::second)
                        .findAny()
                        .orElse(0);
            }
            long[] span = {0, o.invoked(), o.returned(), o.process()};
            complete.add(operation(o.seq(), o.kind(), o.outcome(), span, o.value(), parent));
        }
        return complete;
    }

    private static UserOperation operation(
            long seq, OperationKind kind, Outcome outcome, long[] span, long value, long second) {
        long returned = outcome == Outcome.INFO ? UserOperation.NEVER : span[2];
        return new UserOperation(
                kind,
                seq,
                1,
                7,
                span[1],
                returned,
                value,
                second,
                seq + 1,
                (int) span[3],
                1,
                0,
                0,
                1,
                outcome,
                0,
                new long[0]);
    }

    private static List<Operation> operations(List<UserOperation> history) {
        List<Operation> operations = new ArrayList<>();
        for (UserOperation o : history) {
            boolean read = o.kind() == OperationKind.READ || o.kind() == OperationKind.READ_DOCUMENT;
            if (o.outcome() == Outcome.FAIL || (read && o.outcome() == Outcome.INFO)) {
                continue;
            }
            Call call = read
                    ? new Call.Read(o.value())
                    : o.kind() == OperationKind.WRITE
                            ? new Call.Write(o.value())
                            : new Call.CompareAndSet(o.second(), o.value());
            operations.add(new Operation(call, o.process(), 0, o.invoked(), o.returned()));
        }
        return operations;
    }
}
