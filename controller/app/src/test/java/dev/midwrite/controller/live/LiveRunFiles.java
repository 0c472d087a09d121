package dev.midwrite.controller.live;

import dev.midwrite.check.Profile;
import dev.midwrite.check.Scope;
import dev.midwrite.controller.history.Bundle;
import dev.midwrite.controller.history.StartFacts;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What a run leaves while it goes on, made by hand; times are milliseconds. */
public final class LiveRunFiles {
    public static final StartFacts FACTS = new StartFacts(
            StartFacts.FORMAT,
            "by-hand",
            7,
            Profile.SESSION,
            Scope.CLUSTER,
            "2026-01-01T00:00:00Z",
            List.of("unknown", "node-1", "node-2"),
            List.of("session", "register a"),
            false,
            TimeUnit.SECONDS.toNanos(60),
            0,
            TimeUnit.SECONDS.toNanos(2),
            0);

    private LiveRunFiles() {}

    public static Bundle bundle(Path directory) throws IOException {
        Path drill = Files.writeString(directory.resolve("by-hand.yaml"), "name: by-hand\n");
        return Bundle.create(directory.resolve("run"), drill);
    }

    public static UserOperation create(long session, long at) {
        return operation(session, OperationKind.CREATE, 0, at);
    }

    public static UserOperation write(long session, long value, long at) {
        return operation(session, OperationKind.WRITE, value, at);
    }

    public static UserOperation read(long session, long value, long at) {
        return operation(session, OperationKind.READ, value, at);
    }

    /** A session whose user does not see what they wrote. */
    public static List<UserOperation> forgetful(long session, long at) {
        return List.of(create(session, at), write(session, session << 8, at + 2), read(session, 0, at + 4));
    }

    private static UserOperation operation(long session, OperationKind kind, long value, long at) {
        return new UserOperation(
                kind,
                0,
                session,
                77,
                TimeUnit.MILLISECONDS.toNanos(at),
                TimeUnit.MILLISECONDS.toNanos(at + 1),
                value,
                0,
                session << 20 | at,
                (int) session,
                1,
                kind == OperationKind.CREATE ? 0 : 1,
                0,
                1,
                Outcome.OK,
                0,
                new long[0]);
    }
}
