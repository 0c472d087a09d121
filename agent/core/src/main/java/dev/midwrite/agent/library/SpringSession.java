package dev.midwrite.agent.library;

import dev.midwrite.agent.gate.Gate;
import dev.midwrite.agent.point.Call;
import dev.midwrite.agent.point.Library;
import dev.midwrite.agent.point.Point;
import dev.midwrite.agent.point.Role;
import dev.midwrite.event.FaultKind;
import dev.midwrite.event.PointKind;
import java.lang.invoke.MethodHandle;
import java.util.function.Function;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.springframework.session.Session;

/**
 * Spring Session: every implementation of its repository, whatever store it has. Of the reactive one each operation lasts
 * from a subscription to its end.
 */
final class SpringSession extends Library {
    private static final String REPOSITORY = "org.springframework.session.SessionRepository";
    private static final String ELSEWHERE = "its commands leave on event loops, where they are not known as its own";
    private static final String REACTIVE = "org.springframework.session.ReactiveSessionRepository";
    private static final String SESSION = "org.springframework.session.Session";
    private static final String STORE_GONE = "org.springframework.dao.DataAccessResourceFailureException";

    SpringSession() {
        super("spring");
        family("org/springframework/session/");
        point("SessionRepository.create", PointKind.SESSION_CREATE, Role.OPERATION)
                .fails(STORE_GONE)
                .inEvery(REPOSITORY, Call.of("createSession", 0), "Create");
        point("SessionRepository.read", PointKind.SESSION_READ, Role.OPERATION)
                .fails(STORE_GONE)
                .exchanges()
                .inEvery(REPOSITORY, Call.taking("findById", "java.lang.String"), "Read");
        point("SessionRepository.save", PointKind.SESSION_SAVE, Role.OPERATION)
                .fails(STORE_GONE)
                .holds()
                .inEvery(REPOSITORY, Call.of("save", 1).withA(0, SESSION), "Save", UsualExit.NAME);
        point("SessionRepository.delete", PointKind.SESSION_DELETE, Role.OPERATION)
                .fails(STORE_GONE)
                .holds()
                .inEvery(REPOSITORY, Call.taking("deleteById", "java.lang.String"), "Delete", UsualExit.NAME);
        point("Session.set", PointKind.SESSION_SET, Role.CHANGE)
                .inEvery(
                        SESSION,
                        Call.taking("setAttribute", "java.lang.String", "java.lang.Object"),
                        "Set",
                        UsualExit.NAME)
                .inEvery(SESSION, Call.taking("removeAttribute", "java.lang.String"), "Set", UsualExit.NAME);
        point("Session.rename", PointKind.SESSION_RENAME, Role.CHANGE)
                .inEvery(SESSION, Call.of("changeSessionId", 0), "Rename");
        point("Session.clock", PointKind.SESSION_CLOCK, Role.NODE)
                .readsTimeIn(
                        "org.springframework.session.MapSession",
                        "org.springframework.session.web.http.SessionRepositoryFilter$SessionRepositoryRequestWrapper",
                        "org.springframework.session.web.server.session.SpringSessionWebSessionStore",
                        "org.springframework.session.data.redis.RedisSessionExpirationPolicy",
                        "org.springframework.session.data.redis.RedisIndexedSessionRepository$MinuteBasedRedisSessionExpirationStore",
                        "org.springframework.session.data.redis.SortedSetRedisSessionExpirationStore",
                        "org.springframework.session.jdbc.JdbcIndexedSessionRepository");
        point("ReactiveSessionRepository.create", PointKind.SESSION_CREATE, Role.OPERATION)
                .fails(STORE_GONE)
                .inEvery(REACTIVE, Call.of("createSession", 0), "CreateLater", MonoExit.NAME);
        point("ReactiveSessionRepository.read", PointKind.SESSION_READ, Role.OPERATION)
                .fails(STORE_GONE)
                .inEvery(REACTIVE, Call.taking("findById", "java.lang.String"), "ReadLater", MonoExit.NAME);
        point("ReactiveSessionRepository.save", PointKind.SESSION_SAVE, Role.OPERATION)
                .fails(STORE_GONE)
                .cannot(FaultKind.TEAR, ELSEWHERE)
                .cannot(FaultKind.CORRUPT, ELSEWHERE)
                .inEvery(REACTIVE, Call.of("save", 1).withA(0, SESSION), "SaveLater", MonoExit.NAME);
        point("ReactiveSessionRepository.delete", PointKind.SESSION_DELETE, Role.OPERATION)
                .fails(STORE_GONE)
                .cannot(FaultKind.TEAR, ELSEWHERE)
                .cannot(FaultKind.CORRUPT, ELSEWHERE)
                .inEvery(REACTIVE, Call.taking("deleteById", "java.lang.String"), "DeleteLater", MonoExit.NAME);
    }

    /** {@code SessionRepository.createSession}: a session object is born; nothing is in the store yet. */
    static final class Create {
        private Create() {}

        @Advice.OnMethodEnter(suppress = Throwable.class, skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(
                @Point.Here int point,
                @Advice.This Object repository,
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token) {
            gate = Gate.open;
            if (gate == null) {
                return false;
            }
            token = gate.enter(point, repository, null, null, null);
            return token != null && gate.skips(token);
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token,
                @Advice.Return(typing = Assigner.Typing.DYNAMIC) Object session,
                @Advice.Thrown(readOnly = false) Throwable thrown) {
            if (token != null) {
                String id = session == null ? null : ((Session) session).getId();
                thrown = gate.exit(token, session, id, thrown);
            }
        }
    }

    /** {@code SessionRepository.findById}. */
    static final class Read {
        private Read() {}

        @Advice.OnMethodEnter(suppress = Throwable.class, skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(
                @Point.Here int point,
                @Advice.This Object repository,
                @Advice.Argument(0) String id,
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token) {
            gate = Gate.open;
            if (gate == null) {
                return false;
            }
            token = gate.enter(point, repository, id, null, null);
            return token != null && gate.skips(token);
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token,
                @Advice.Return(typing = Assigner.Typing.DYNAMIC) Object session,
                @Advice.Thrown(readOnly = false) Throwable thrown) {
            if (token != null) {
                String id = session == null ? null : ((Session) session).getId();
                thrown = gate.exit(token, session, id, thrown);
            }
        }
    }

    /** {@code SessionRepository.save}: the session goes to the store, in as many commands as the repository needs. */
    static final class Save {
        private Save() {}

        @Advice.OnMethodEnter(suppress = Throwable.class, skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(
                @Point.Here int point,
                @Advice.This Object repository,
                @Advice.Argument(0) Object session,
                @Advice.SelfCallHandle(bound = true) MethodHandle call,
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token) {
            gate = Gate.open;
            if (gate == null) {
                return false;
            }
            token = gate.enter(point, repository, session == null ? null : ((Session) session).getId(), session, null);
            if (token != null && gate.holds(token)) {
                gate.hold(token, call);
            }
            return token != null && gate.skips(token);
        }
    }

    /** {@code SessionRepository.deleteById}. */
    static final class Delete {
        private Delete() {}

        @Advice.OnMethodEnter(suppress = Throwable.class, skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(
                @Point.Here int point,
                @Advice.This Object repository,
                @Advice.Argument(0) String id,
                @Advice.SelfCallHandle(bound = true) MethodHandle call,
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token) {
            gate = Gate.open;
            if (gate == null) {
                return false;
            }
            token = gate.enter(point, repository, id, null, null);
            if (token != null && gate.holds(token)) {
                gate.hold(token, call);
            }
            return token != null && gate.skips(token);
        }
    }

    /** {@code Session.setAttribute} and {@code removeAttribute}: a change in memory, until the next save. */
    static final class Set {
        private Set() {}

        @Advice.OnMethodEnter(suppress = Throwable.class, skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(
                @Point.Here int point,
                @Advice.This Object session,
                @Advice.Argument(0) String name,
                @Advice.Argument(value = 1, optional = true) Object value,
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token) {
            gate = Gate.open;
            if (gate == null) {
                return false;
            }
            token = gate.enter(point, session, ((Session) session).getId(), name, value);
            return token != null && gate.skips(token);
        }
    }

    /** {@code Session.changeSessionId}: in memory; the store learns of it in the next save. */
    static final class Rename {
        private Rename() {}

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
            token = gate.enter(point, session, ((Session) session).getId(), null, null);
            return token != null && gate.skips(token);
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token,
                @Advice.Return String newId,
                @Advice.Thrown(readOnly = false) Throwable thrown) {
            if (token != null) {
                thrown = gate.exit(token, null, newId, thrown);
            }
        }
    }

    /** {@code ReactiveSessionRepository.createSession}: yields a session object; nothing is in the store yet. */
    static final class CreateLater {
        private CreateLater() {}

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(
                @Point.Here int point,
                @Advice.This Object repository,
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token) {
            gate = Gate.open;
            if (gate != null) {
                Function<Session, String> ids = Session::getId;
                token = gate.promise(point, repository, null, null, null, ids);
            }
        }
    }

    /** {@code ReactiveSessionRepository.findById}. */
    static final class ReadLater {
        private ReadLater() {}

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(
                @Point.Here int point,
                @Advice.This Object repository,
                @Advice.Argument(0) String id,
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token) {
            gate = Gate.open;
            if (gate != null) {
                Function<Session, String> ids = Session::getId;
                token = gate.promise(point, repository, id, null, null, ids);
            }
        }
    }

    /** {@code ReactiveSessionRepository.save}: the session goes to the store once somebody subscribes. */
    static final class SaveLater {
        private SaveLater() {}

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(
                @Point.Here int point,
                @Advice.This Object repository,
                @Advice.Argument(0) Object session,
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token) {
            gate = Gate.open;
            if (gate != null && session != null) {
                token = gate.promise(point, repository, ((Session) session).getId(), session, null, null);
            }
        }
    }

    /** {@code ReactiveSessionRepository.deleteById}. */
    static final class DeleteLater {
        private DeleteLater() {}

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(
                @Point.Here int point,
                @Advice.This Object repository,
                @Advice.Argument(0) String id,
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token) {
            gate = Gate.open;
            if (gate != null) {
                token = gate.promise(point, repository, id, null, null, null);
            }
        }
    }
}
