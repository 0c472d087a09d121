package dev.midwrite.check.flat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperationSpillTest {
    /** A frame can be this long: 96 bytes and these, eight each, are one mebibyte. */
    private static final int LONGEST = ((1 << 20) - 96) / Long.BYTES;

    @TempDir
    private Path directory;

    private static UserOperation operation(long session, long seq, int items) {
        long[] payload = new long[items];
        for (int i = 0; i < items; i++) {
            payload[i] = seq * 31 + i;
        }
        return new UserOperation(
                OperationKind.READ_LIST,
                seq,
                session,
                7,
                seq,
                seq + 1,
                0,
                0,
                seq,
                1,
                1,
                3,
                items,
                1,
                Outcome.OK,
                UserOperation.WHOLE,
                payload);
    }

    private static List<UserOperation> read(OperationSpill spill, long place) {
        List<UserOperation> operations = new ArrayList<>();
        spill.read(place, (frames, at) -> operations.add(UserOperation.read(frames, at)));
        return operations;
    }

    @Test
    void eachSessionIsReadBackWholeAndInOrder() throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        Map<Long, List<UserOperation>> written = new HashMap<>();
        Map<Long, Long> places = new HashMap<>();
        try (OperationSpill spill = OperationSpill.create(directory)) {
            for (int seq = 0; seq < 20_000; seq++) {
                // The first is most of all.
                long session = random.nextBoolean() ? 1 : 1 + random.nextInt(50);
                int items = random.nextInt(100) == 0 ? random.nextInt(5_000) : random.nextInt(8);
                UserOperation operation = operation(session, seq, items);
                places.put(session, spill.append(places.getOrDefault(session, OperationSpill.NONE), operation));
                written.computeIfAbsent(session, label -> new ArrayList<>()).add(operation);
            }
            written.forEach((session, operations) ->
                    assertThat(read(spill, places.get(session))).isEqualTo(operations));
            assertThat(read(spill, OperationSpill.NONE)).isEmpty();
        }
    }

    @Test
    void takesTheLongestFrameThereCanBe() throws IOException {
        try (OperationSpill spill = OperationSpill.create(directory)) {
            long place = spill.append(OperationSpill.NONE, operation(1, 0, 1));
            List<UserOperation> written = new ArrayList<>(List.of(operation(1, 0, 1)));
            for (int seq = 1; seq < 20; seq++) {
                UserOperation longest = operation(1, seq, LONGEST);
                written.add(longest);
                place = spill.append(place, longest);
            }
            assertThat(read(spill, place)).isEqualTo(written);
            assertThat(directory).isEmptyDirectory();
        }
    }
}
