package dev.midwrite.agent.library;

import dev.midwrite.agent.gate.Gate;
import dev.midwrite.agent.point.Call;
import dev.midwrite.agent.point.Library;
import dev.midwrite.agent.point.Point;
import dev.midwrite.agent.point.Role;
import dev.midwrite.event.PointKind;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/**
 * The stores of Jetty's sessions, of Jetty 12 and by their older name.
 *
 * <p>What a store is asked to save it does not always save: the points are where it does.
 */
final class JettySessions extends Library {
    private static final String PACKAGE = "org.eclipse.jetty.session.";
    private static final String OLDER = "org.eclipse.jetty.server.session.";
    private static final String STORE = "AbstractSessionDataStore";
    private static final String MAP = "SessionDataMap";
    private static final String STRING = "java.lang.String";
    private static final String GONE = "java.io.IOException";

    JettySessions() {
        super("jetty");
        family("org/eclipse/jetty/session/");
        family("org/eclipse/jetty/server/session/");
        point("SessionDataStore.doStore", PointKind.SESSION_SAVE, Role.OPERATION)
                .fails(GONE)
                .inEvery(PACKAGE.concat(STORE), Call.of("doStore", 3).with(0, STRING), "Save", UsualExit.NAME)
                .inEvery(OLDER.concat(STORE), Call.of("doStore", 3).with(0, STRING), "Save", UsualExit.NAME);
        point("SessionDataStore.doLoad", PointKind.SESSION_READ, Role.OPERATION)
                .fails(GONE)
                .inEvery(PACKAGE.concat(STORE), Call.taking("doLoad", STRING), "Read")
                .inEvery(OLDER.concat(STORE), Call.taking("doLoad", STRING), "Read");
        point("SessionDataMap.delete", PointKind.SESSION_DELETE, Role.OPERATION)
                .fails(GONE)
                .inEvery(PACKAGE.concat(MAP), Call.taking("delete", STRING), "Delete", UsualExit.NAME)
                .inEvery(OLDER.concat(MAP), Call.taking("delete", STRING), "Delete", UsualExit.NAME);
        point("Session.clock", PointKind.SESSION_CLOCK, Role.NODE)
                .readsTimeIn(
                        PACKAGE.concat("ManagedSession"),
                        PACKAGE.concat("AbstractSessionManager"),
                        PACKAGE.concat("SessionData"),
                        PACKAGE.concat("SessionInactivityTimer$1"),
                        PACKAGE.concat(STORE),
                        PACKAGE.concat("FileSessionDataStore"),
                        PACKAGE.concat("JDBCSessionDataStore"),
                        OLDER.concat("Session"),
                        OLDER.concat("SessionHandler"),
                        OLDER.concat("SessionData"),
                        OLDER.concat(STORE),
                        OLDER.concat("FileSessionDataStore"),
                        OLDER.concat("JDBCSessionDataStore"));
    }

    /** {@code doStore}: a store of files has the session's id in their names. */
    static final class Save {
        private Save() {}

        @Advice.OnMethodEnter(suppress = Throwable.class, skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(
                @Point.Here int point,
                @Advice.This Object store,
                @Advice.Argument(0) String id,
                @Advice.Argument(value = 1, typing = Assigner.Typing.DYNAMIC) Object data,
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token) {
            gate = Gate.open;
            if (gate == null) {
                return false;
            }
            token = gate.enter(point, store, id, data, id);
            return token != null && gate.skips(token);
        }
    }

    /** {@code doLoad}. */
    static final class Read {
        private Read() {}

        @Advice.OnMethodEnter(suppress = Throwable.class, skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(
                @Point.Here int point,
                @Advice.This Object store,
                @Advice.Argument(0) String id,
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token) {
            gate = Gate.open;
            if (gate == null) {
                return false;
            }
            token = gate.enter(point, store, id, null, null);
            return token != null && gate.skips(token);
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(
                @Advice.Argument(0) String id,
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token,
                @Advice.Return(typing = Assigner.Typing.DYNAMIC) Object data,
                @Advice.Thrown(readOnly = false) Throwable thrown) {
            if (token != null) {
                thrown = gate.exit(token, data, data == null ? null : id, thrown);
            }
        }
    }

    /** {@code delete}. */
    static final class Delete {
        private Delete() {}

        @Advice.OnMethodEnter(suppress = Throwable.class, skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(
                @Point.Here int point,
                @Advice.This Object store,
                @Advice.Argument(0) String id,
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token) {
            gate = Gate.open;
            if (gate == null) {
                return false;
            }
            token = gate.enter(point, store, id, null, null);
            return token != null && gate.skips(token);
        }
    }
}
