package dev.midwrite.controller.run;

import dev.midwrite.controller.history.Bundle;
import dev.midwrite.controller.history.HistoryWriter;
import dev.midwrite.event.Mix;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/** Five users without threads: each has appended three times when they come to rest, all through node-2. */
final class PlayedLoad implements Load {
    private static final long MILLISECOND = 1_000_000;
    private static final int USERS = 5;

    private final Listener listener;
    private final RunClock clock;
    private final HistoryWriter history;
    private final List<String> calls;
    private final boolean losing;
    private long requests;

    /** Hears of each call, and may fail it. */
    interface Listener {
        void call(String what) throws InterruptedException;
    }

    /** @param losing the last append of the first user is not there in the end */
    PlayedLoad(Listener listener, RunClock clock, HistoryWriter history, List<String> calls, boolean losing) {
        this.listener = listener;
        this.clock = clock;
        this.history = history;
        this.calls = calls;
        this.losing = losing;
    }

    @Override
    public String words() {
        return requests + " requests";
    }

    @Override
    public Answers answers() {
        return new Answers(requests, 0, 0);
    }

    @Override
    public void stopNew() {
        calls.add("users come no more");
    }

    @Override
    public void quiesce(Duration patience) throws InterruptedException {
        for (int user = 1; user <= USERS; user++) {
            append(user, OperationKind.CREATE, 0);
            for (int i = 1; i <= 3; i++) {
                append(user, OperationKind.APPEND, 0, ids(user, i));
            }
        }
        listener.call("users rest");
    }

    @Override
    public void readAll(Progress progress) throws InterruptedException {
        listener.call("last reads");
        for (int user = 1; user <= USERS; user++) {
            append(
                    user,
                    OperationKind.READ_LIST,
                    UserOperation.FINAL | UserOperation.WHOLE,
                    ids(user, losing && user == 1 ? 2 : 3));
        }
    }

    @Override
    public void describe(Bundle bundle) {
        calls.add("users described");
    }

    @Override
    public void leave(Duration patience) throws InterruptedException {
        listener.call("users leave");
    }

    @Override
    public List<String> attributes() {
        return List.of("none", "list");
    }

    @Override
    public List<Long> probeSessions() {
        return List.of();
    }

    @Override
    public List<String> broken() {
        return List.of();
    }

    @Override
    public void close() {
        calls.add("users closed");
    }

    private static long[] ids(int user, int count) {
        return LongStream.rangeClosed(1, count)
                .map(append -> user * 1000L + append)
                .toArray();
    }

    /** An append is known by its request. */
    private void append(int user, OperationKind kind, int flags, long... payload) {
        long invoked = now();
        history.append(new UserOperation(
                kind,
                0,
                user,
                70 + user,
                invoked,
                now(),
                0,
                Arrays.stream(payload).reduce(0, Mix::mix),
                kind == OperationKind.APPEND ? payload[payload.length - 1] : ++requests,
                user,
                2,
                1,
                payload.length,
                1,
                Outcome.OK,
                flags,
                payload));
    }

    private long now() {
        try {
            clock.sleep(MILLISECOND);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return clock.now();
    }
}
