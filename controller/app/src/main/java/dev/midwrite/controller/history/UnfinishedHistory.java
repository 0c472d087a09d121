package dev.midwrite.controller.history;

import dev.midwrite.controller.Problem;
import dev.midwrite.event.UserOperation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The users' history of a run that was broken off, as far as it can be judged. Requests that were under way then are not in it,
 * and what they did may have been seen. So it is cut at a moment before the last answer by as much as an operation may take
 * to be written down: what had ended by then stands, what had begun and may have changed something counts as of unknown
 * outcome, the rest is left out.
 */
final class UnfinishedHistory {
    private UnfinishedHistory() {}

    /**
     * Nothing if users had not come.
     *
     * @param lagNanos see {@link StartFacts}
     * @throws Problem if what is there is damaged; a last operation that was cut is none
     */
    static List<UserOperation> read(Path users, long lagNanos) {
        if (!Files.exists(users)) {
            return List.of();
        }
        List<UserOperation> all = new ArrayList<>();
        try (HistoryTail tail = HistoryTail.open(users)) {
            boolean more = true;
            while (more) {
                more = tail.read((frames, start) -> all.add(UserOperation.read(frames, start))) > 0;
            }
        } catch (IOException e) {
            throw new Problem(users + " cannot be read: " + e.getMessage() + ".", e);
        }
        long cut = all.stream().mapToLong(UnfinishedHistory::end).max().orElse(0) - lagNanos;
        List<UserOperation> known = new ArrayList<>();
        for (UserOperation operation : all) {
            if (end(operation) <= cut) {
                known.add(operation);
            } else if (operation.invoked() <= cut && !operation.kind().reads()) {
                known.add(operation.but().unanswered().build());
            }
        }
        return List.copyOf(known);
    }

    private static long end(UserOperation operation) {
        return operation.returned() == UserOperation.NEVER ? operation.invoked() : operation.returned();
    }
}
