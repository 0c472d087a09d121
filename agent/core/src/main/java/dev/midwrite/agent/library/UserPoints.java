package dev.midwrite.agent.library;

import dev.midwrite.agent.gate.Gate;
import dev.midwrite.agent.point.Call;
import dev.midwrite.agent.point.Library;
import dev.midwrite.agent.point.Point;
import dev.midwrite.agent.point.Role;
import dev.midwrite.event.PointKind;
import dev.midwrite.event.SessionIdPlace;
import dev.midwrite.event.UserPoint;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/** What one user's store does, as its file of points describes it: one advice for all methods, whatever they take and return. */
public final class UserPoints extends Library {
    private final Map<Point, SessionIdPlace> ids = new HashMap<>();
    /** By the class that has them; holds no class of the host. */
    private final Map<String, ClassValue<Method>> idMethods = new HashMap<>();

    private UserPoints(String store) {
        super(store);
    }

    /** One library for each store that the file names, in its order. */
    public static List<Library> of(List<UserPoint> described) {
        Map<String, UserPoints> stores = new LinkedHashMap<>();
        for (UserPoint point : described) {
            UserPoints store = stores.get(point.store());
            if (store == null) {
                store = new UserPoints(point.store());
                stores.put(point.store(), store);
            }
            store.add(point);
        }
        return new ArrayList<>(stores.values());
    }

    private void add(UserPoint described) {
        PointKind kind = described.kind();
        Role role = described.role().equals(UserPoint.OPERATION)
                ? Role.OPERATION
                : described.role().equals(UserPoint.STEP) ? Role.STEP : Role.ADOPT;
        Point point = point(described.name().substring(described.store().length() + 1), kind, role)
                .ofUser()
                .alone()
                .inEvery(described.type(), Call.anyOf(described.methods(), described.arguments()), "Any");
        ids.put(point, described.id());
        String method = described.id().method();
        if (!method.isEmpty() && !idMethods.containsKey(method)) {
            idMethods.put(method, new IdMethod(method));
        }
    }

    @Override
    public String id(Point point, Object self, Object[] arguments, Object result) {
        SessionIdPlace place = ids.get(point);
        Object from = switch (place.origin()) {
            case NONE -> null;
            case THIS -> self;
            case RESULT -> result;
            case ARGUMENT -> place.argument() < arguments.length ? arguments[place.argument()] : null;
        };
        if (from == null) {
            return null;
        }
        Object id = place.method().isEmpty() ? from : call(from, idMethods.get(place.method()));
        return id == null ? null : id.toString();
    }

    private static Object call(Object from, ClassValue<Method> methods) {
        Method method = methods.get(from.getClass());
        try {
            return method == null ? null : method.invoke(from);
        } catch (ReflectiveOperationException | RuntimeException e) {
            return null; // The application's own affair; without an id it is nobody's session.
        }
    }

    /** The method of this name without parameters; null for a class that has none, or none that can be called. */
    private static final class IdMethod extends ClassValue<Method> {
        private final String name;

        IdMethod(String name) {
            this.name = name;
        }

        @Override
        protected Method computeValue(Class<?> type) {
            for (Class<?> each = type; each != null; each = each.getSuperclass()) {
                Method found = declared(each);
                if (found != null) {
                    return found;
                }
            }
            try {
                return type.getMethod(name); // Of an interface that implements it.
            } catch (NoSuchMethodException e) {
                return null;
            }
        }

        private Method declared(Class<?> type) {
            try {
                Method method = type.getDeclaredMethod(name);
                return method.trySetAccessible() ? method : null;
            } catch (NoSuchMethodException e) {
                return null;
            }
        }
    }

    /** Any method. */
    static final class Any {
        private Any() {}

        @Advice.OnMethodEnter(suppress = Throwable.class, skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(
                @Point.Here int point,
                @Advice.This(optional = true) Object self,
                @Advice.Origin("#m") String method,
                @Advice.AllArguments Object[] arguments,
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token) {
            gate = Gate.open;
            if (gate == null) {
                return false;
            }
            token = gate.enterAny(point, self, method, arguments);
            return token != null && gate.skips(token);
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(
                @Advice.This(optional = true) Object self,
                @Advice.AllArguments Object[] arguments,
                @Advice.Local("gate") Gate gate,
                @Advice.Local("token") Object token,
                @Advice.Return(typing = Assigner.Typing.DYNAMIC) Object result,
                @Advice.Thrown(readOnly = false) Throwable thrown) {
            if (token != null) {
                thrown = gate.exitAny(token, self, arguments, result, thrown);
            }
        }
    }
}
