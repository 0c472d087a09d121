package dev.midwrite.agent.library;

import dev.midwrite.agent.gate.Gate;
import dev.midwrite.agent.point.Call;
import dev.midwrite.agent.point.Library;
import dev.midwrite.agent.point.Point;
import dev.midwrite.agent.point.Role;
import dev.midwrite.event.FaultKind;
import dev.midwrite.event.PointKind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.asm.Advice;

/**
 * Files in which a store keeps sessions, as the JDK writes them. Only what an operation writes to files of its session is
 * seen: the engine compares the path with what the store's point says of it.
 */
final class Files extends Library {
    private static final List<String> STREAM = List.of("java.io.FileOutputStream");
    private static final String IO_EXCEPTION = "java.io.IOException";

    Files() {
        super("file");
        point("FileOutputStream.open", PointKind.FILE_WRITE, Role.STEP)
                .fails(IO_EXCEPTION)
                .cannot(FaultKind.DROP, "a stream that is not open takes no bytes")
                .in(STREAM, Call.of("open", 2), "Open", UsualExit.NAME);
        Point write = point("FileOutputStream.write", PointKind.FILE_WRITE, Role.STEP)
                .fails(IO_EXCEPTION)
                .cannot(FaultKind.CORRUPT, "its bytes are in an array of the application's own")
                .in(STREAM, Call.of("write", 3), "Write")
                .in(STREAM, Call.taking("write", "byte[]"), "WriteAll")
                .in(STREAM, Call.taking("write", "int"), "WriteOne", UsualExit.NAME);
        write.leavesAt(write);
    }

    /** {@code open}: what was in the file is gone. */
    static final class Open {
        private Open() {}

        @Advice.OnMethodEnter(suppress = Throwable.class, skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(
                @Point.Here int point,
                @Advice.This Object stream,
                @Advice.Argument(0) String path,
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token) {
            gate = Gate.open;
            if (gate == null || path == null) {
                return false;
            }
            token = gate.enter(point, stream, path, null, "open");
            if (token != null && gate.locates(token)) {
                gate.located(token, ByteBuffer.wrap(path.getBytes(StandardCharsets.UTF_8)), null, null);
            }
            return token != null && gate.skips(token);
        }
    }

    /** {@code write(byte[], int, int)}: a tear lets a part of it be written. */
    static final class Write {
        private Write() {}

        @Advice.OnMethodEnter(suppress = Throwable.class, skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(
                @Point.Here int point,
                @Advice.This Object stream,
                @Advice.FieldValue("path") String path,
                @Advice.Argument(value = 2, readOnly = false) int length,
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token,
                @Advice.Local("torn") boolean torn) {
            gate = Gate.open;
            if (gate == null || path == null) { // Standard output has none.
                return false;
            }
            token = gate.enter(point, stream, path, null, "write");
            if (token == null) {
                return false;
            }
            int bytes = gate.cut(token, length);
            if (bytes >= 0) {
                length = bytes;
                torn = true;
            }
            return gate.skips(token);
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token,
                @Advice.Local("torn") boolean torn,
                @Advice.Thrown(readOnly = false) Throwable thrown) {
            if (token != null) {
                if (torn) {
                    gate.halt(token);
                }
                thrown = gate.exit(token, null, null, thrown);
            }
        }
    }

    /** {@code write(byte[])}. */
    static final class WriteAll {
        private WriteAll() {}

        @Advice.OnMethodEnter(suppress = Throwable.class, skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(
                @Point.Here int point,
                @Advice.This Object stream,
                @Advice.FieldValue("path") String path,
                @Advice.Argument(value = 0, readOnly = false) byte[] content,
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token,
                @Advice.Local("torn") boolean torn) {
            gate = Gate.open;
            if (gate == null || path == null || content == null) {
                return false;
            }
            token = gate.enter(point, stream, path, null, "write");
            if (token == null) {
                return false;
            }
            int bytes = gate.cut(token, content.length);
            if (bytes >= 0) {
                content = Arrays.copyOf(content, bytes);
                torn = true;
            }
            return gate.skips(token);
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token,
                @Advice.Local("torn") boolean torn,
                @Advice.Thrown(readOnly = false) Throwable thrown) {
            if (token != null) {
                if (torn) {
                    gate.halt(token);
                }
                thrown = gate.exit(token, null, null, thrown);
            }
        }
    }

    /** {@code write(int)}: one byte; a tear keeps it. */
    static final class WriteOne {
        private WriteOne() {}

        @Advice.OnMethodEnter(suppress = Throwable.class, skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(
                @Point.Here int point,
                @Advice.This Object stream,
                @Advice.FieldValue("path") String path,
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token) {
            gate = Gate.open;
            if (gate == null || path == null) {
                return false;
            }
            token = gate.enter(point, stream, path, null, "write");
            if (token != null && gate.cut(token, 1) >= 0) {
                gate.halt(token);
            }
            return token != null && gate.skips(token);
        }
    }
}
