package dev.midwrite.agent.library;

import dev.midwrite.agent.gate.Gate;
import dev.midwrite.agent.point.Call;
import dev.midwrite.agent.point.Library;
import dev.midwrite.agent.point.Point;
import dev.midwrite.agent.point.Role;
import dev.midwrite.event.PointKind;
import java.util.List;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.apache.catalina.Session;
import org.apache.catalina.session.StandardManager;

/**
 * The sessions that Tomcat itself keeps: in its memory, in a store of its own, in one file while it is down.
 *
 * <p>Managers and stores of others are seen too, by the interfaces that they implement.
 */
final class TomcatSessions extends Library {
    private static final String MANAGER = "org.apache.catalina.Manager";
    private static final String SESSION = "org.apache.catalina.Session";
    private static final String STORE = "org.apache.catalina.Store";
    private static final List<String> STANDARD_MANAGER = List.of("org.apache.catalina.session.StandardManager");
    private static final String STRING = "java.lang.String";
    private static final String IO_EXCEPTION = "java.io.IOException";

    TomcatSessions() {
        super("tomcat");
        family("org/apache/catalina/Manager");
        family("org/apache/catalina/Session");
        family("org/apache/catalina/Store");
        family("org/apache/catalina/session/");
        inMemory();
        inStores();
        point("Session.clock", PointKind.SESSION_CLOCK, Role.NODE)
                .readsTimeIn(
                        "org.apache.catalina.session.StandardSession",
                        "org.apache.catalina.session.ManagerBase",
                        "org.apache.catalina.session.PersistentManagerBase",
                        "org.apache.catalina.session.StoreBase",
                        "org.apache.catalina.session.DataSourceStore",
                        "org.apache.catalina.session.JDBCStore");
    }

    private void inMemory() {
        point("Manager.createSession", PointKind.SESSION_CREATE, Role.OPERATION)
                .inEvery(MANAGER, Call.taking("createSession", STRING), "Create");
        point("Manager.findSession", PointKind.SESSION_READ, Role.OPERATION)
                .fails(IO_EXCEPTION)
                .inEvery(MANAGER, Call.taking("findSession", STRING), "Read");
        point("Manager.changeSessionId", PointKind.SESSION_RENAME, Role.CHANGE)
                .inEvery(MANAGER, Call.taking("rotateSessionId", SESSION), "Rename")
                .inEvery(MANAGER, Call.taking("changeSessionId", SESSION), "Rename")
                .inEvery(MANAGER, Call.taking("changeSessionId", SESSION, STRING), "Rename");
        // A cluster's sessions take one argument more; a change calls another one, and is the outermost.
        point("Session.setAttribute", PointKind.SESSION_SET, Role.CHANGE)
                .inEvery(SESSION, Call.of("setAttribute", 3), "Set", UsualExit.NAME)
                .inEvery(SESSION, Call.of("setAttribute", 4), "Set", UsualExit.NAME)
                .inEvery(SESSION, Call.of("removeAttributeInternal", 2), "Set", UsualExit.NAME)
                .inEvery(SESSION, Call.of("removeAttributeInternal", 3), "Set", UsualExit.NAME);
        point("Session.invalidate", PointKind.SESSION_DELETE, Role.OPERATION)
                .inEvery(SESSION, Call.of("invalidate", 0), "End", UsualExit.NAME);
        point("Session.expire", PointKind.SESSION_EXPIRE, Role.OPERATION)
                .inEvery(SESSION, Call.of("expire", 1), "End", UsualExit.NAME)
                .inEvery(SESSION, Call.of("expire", 2), "End", UsualExit.NAME);
    }

    private void inStores() {
        point("Store.save", PointKind.SESSION_SAVE, Role.OPERATION)
                .fails(IO_EXCEPTION)
                .inEvery(STORE, Call.taking("save", SESSION), "Save", UsualExit.NAME);
        point("Store.load", PointKind.SESSION_READ, Role.OPERATION)
                .fails(IO_EXCEPTION)
                .inEvery(STORE, Call.taking("load", STRING), "Read");
        point("Store.remove", PointKind.SESSION_DELETE, Role.OPERATION)
                .fails(IO_EXCEPTION)
                .inEvery(STORE, Call.taking("remove", STRING), "Remove", UsualExit.NAME);
        point("StandardManager.unload", PointKind.SESSION_SAVE, Role.OPERATION)
                .fails(IO_EXCEPTION)
                .in(STANDARD_MANAGER, Call.of("unload", 0), "All", UsualExit.NAME);
        point("StandardManager.load", PointKind.SESSION_READ, Role.OPERATION)
                .fails(IO_EXCEPTION)
                .in(STANDARD_MANAGER, Call.of("load", 0), "All", UsualExit.NAME);
    }

    /** {@code Manager.createSession}: a session is born, in memory. */
    static final class Create {
        private Create() {}

        @Advice.OnMethodEnter(suppress = Throwable.class, skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(
                @Point.Here int point,
                @Advice.This Object manager,
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token) {
            gate = Gate.open;
            if (gate == null) {
                return false;
            }
            token = gate.enter(point, manager, null, null, null);
            return token != null && gate.skips(token);
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token,
                @Advice.Return(typing = Assigner.Typing.DYNAMIC) Object session,
                @Advice.Thrown(readOnly = false) Throwable thrown) {
            if (token != null) {
                String id = session == null ? null : ((Session) session).getIdInternal();
                thrown = gate.exit(token, session, id, thrown);
            }
        }
    }

    /** {@code Manager.findSession}, in memory and else in the store; {@code Store.load}. */
    static final class Read {
        private Read() {}

        @Advice.OnMethodEnter(suppress = Throwable.class, skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(
                @Point.Here int point,
                @Advice.This Object keeper,
                @Advice.Argument(0) String id,
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token) {
            gate = Gate.open;
            if (gate == null || id == null) {
                return false;
            }
            token = gate.enter(point, keeper, id, null, null);
            return token != null && gate.skips(token);
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token,
                @Advice.Return(typing = Assigner.Typing.DYNAMIC) Object session,
                @Advice.Thrown(readOnly = false) Throwable thrown) {
            if (token != null) {
                String id = session == null ? null : ((Session) session).getIdInternal();
                thrown = gate.exit(token, session, id, thrown);
            }
        }
    }

    /** {@code Manager.changeSessionId} and {@code rotateSessionId}: in memory. */
    static final class Rename {
        private Rename() {}

        @Advice.OnMethodEnter(suppress = Throwable.class, skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(
                @Point.Here int point,
                @Advice.Argument(0) Session session,
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token) {
            gate = Gate.open;
            if (gate == null || session == null) {
                return false;
            }
            token = gate.enter(point, session, session.getIdInternal(), null, null);
            return token != null && gate.skips(token);
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token,
                @Advice.Argument(0) Session session,
                @Advice.Thrown(readOnly = false) Throwable thrown) {
            if (token != null) {
                thrown = gate.exit(token, null, session.getIdInternal(), thrown);
            }
        }
    }

    /** {@code setAttribute} and {@code removeAttributeInternal}: other requests see the change at once. */
    static final class Set {
        private Set() {}

        @Advice.OnMethodEnter(suppress = Throwable.class, skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(
                @Point.Here int point,
                @Advice.This Object session,
                @Advice.Argument(0) String name,
                @Advice.Argument(value = 1, typing = Assigner.Typing.DYNAMIC) Object value,
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token) {
            gate = Gate.open;
            if (gate == null) {
                return false;
            }
            token = gate.enter(point, session, ((Session) session).getIdInternal(), name, value);
            return token != null && gate.skips(token);
        }
    }

    /** The session ends: by its user, or because its time is up. */
    static final class End {
        private End() {}

        @Advice.OnMethodEnter(suppress = Throwable.class, skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(
                @Point.Here int point,
                @Advice.This Object session,
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token) {
            gate = Gate.open;
            if (gate == null) {
                return false;
            }
            token = gate.enter(point, session, ((Session) session).getIdInternal(), null, null);
            return token != null && gate.skips(token);
        }
    }

    /** {@code Store.save}: of a store of files each bears the session's id. */
    static final class Save {
        private Save() {}

        @Advice.OnMethodEnter(suppress = Throwable.class, skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(
                @Point.Here int point,
                @Advice.This Object store,
                @Advice.Argument(0) Session session,
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token) {
            gate = Gate.open;
            if (gate == null || session == null) {
                return false;
            }
            String id = session.getIdInternal();
            token = gate.enter(point, store, id, session, id);
            return token != null && gate.skips(token);
        }
    }

    /** {@code Store.remove}. */
    static final class Remove {
        private Remove() {}

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

    /** {@code StandardManager.unload} and {@code load}: all sessions, in one file. */
    static final class All {
        private All() {}

        @Advice.OnMethodEnter(suppress = Throwable.class, skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(
                @Point.Here int point,
                @Advice.This Object manager,
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token) {
            gate = Gate.open;
            if (gate == null) {
                return false;
            }
            token = gate.enter(point, manager, null, null, ((StandardManager) manager).getPathname());
            return token != null && gate.skips(token);
        }
    }
}
