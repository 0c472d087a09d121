package dev.midwrite.agent.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.event.CarriedProbe;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.dynamic.loading.ClassLoadingStrategy;
import org.junit.jupiter.api.Test;

class AgentProbeTest {
    private static final byte[] KEY = {1, 2, 3};

    private final Map<String, String> headers = new HashMap<>();
    private final Map<String, Object> attributes = new HashMap<>();
    private final StringWriter answer = new StringWriter();
    private DispatcherType dispatch = DispatcherType.REQUEST;
    private boolean leased = true;
    private boolean there;
    private final AgentProbe probe = new AgentProbe("n1", KEY, () -> leased);

    @Test
    void onlyWhoKnowsTheSecretIsAnswered() {
        assertThat(probe.claims(request())).as("no operation").isFalse();
        headers.put(CarriedProbe.OPERATION_HEADER, "GET /alive");
        assertThat(probe.claims(request())).as("no secret").isFalse();
        headers.put(CarriedProbe.SECRET_HEADER, CarriedProbe.secret(new byte[] {9}));
        assertThat(probe.claims(request())).as("another run's").isFalse();
        headers.put(CarriedProbe.SECRET_HEADER, CarriedProbe.secret(KEY));
        assertThat(probe.claims(request())).isTrue();
    }

    @Test
    void withoutALeaseTheServletAnswers() {
        carry("GET /alive");
        leased = false;
        assertThat(probe.claims(request())).isFalse();
    }

    @Test
    void anErrorPageIsNoAnswer() {
        carry("GET /alive");
        dispatch = DispatcherType.ERROR;
        assertThat(probe.claims(request())).isFalse();
    }

    @Test
    void whatIsNoServletRequestIsLeftAlone() {
        assertThat(probe.claims("a text")).isFalse();
        assertThat(probe.claims(null)).isFalse();
    }

    @Test
    void theOperationRunsOnTheHostsSession() {
        carry("POST /create");
        assertThat(probe.answer(request(), response())).isNull();
        assertThat(answer.toString()).contains("\"node\":\"n1\",\"session\":true,\"incarnation\":\"");
        assertThat(attributes).containsKey("mw.incarnation");

        answer.getBuffer().setLength(0);
        carry("POST /register/a?value=mw1%3A00:11");
        assertThat(probe.answer(request(), response())).isNull();
        assertThat(attributes).containsEntry("mw.register.a", "mw1:00:11");
        assertThat(answer.toString()).endsWith("\"value\":\"mw1:00:11\"}");
    }

    /** The methods of today under the name of before: what both have in common is all that the probe calls. */
    @Test
    void requestsOfTheElderApiAreAnswered() throws IOException {
        carry("GET /alive");
        DynamicType.Builder<?> methods = new ByteBuddy().makeInterface().name("javax.servlet.http.HttpServletRequest");
        for (Method method : HttpServletRequest.class.getMethods()) {
            if (Modifier.isAbstract(method.getModifiers())) {
                methods = methods.define(method).withoutCode();
            }
        }
        try (DynamicType.Unloaded<?> made = methods.make()) {
            Class<?> elder = made.load(getClass().getClassLoader(), ClassLoadingStrategy.Default.CHILD_FIRST)
                    .getLoaded();
            Object request = object(elder, methods());
            assertThat(request).isNotInstanceOf(HttpServletRequest.class);
            assertThat(probe.claims(request)).isTrue();
            assertThat(probe.answer(request, response())).isNull();
            assertThat(answer.toString()).contains("\"node\":\"n1\",\"session\":false");
        }
    }

    @Test
    void whatTheStoreThrowsIsTheHostsToHandle() {
        carry("GET /alive");
        there = true;
        IllegalStateException gone = new IllegalStateException("the store is gone");
        Object failing = object(HttpSession.class, Map.of("getAttribute", arguments -> {
            throw gone;
        }));
        Object request = object(
                HttpServletRequest.class,
                Map.of(
                        "getHeader", arguments -> headers.get((String) arguments[0]),
                        "getSession", arguments -> failing));
        assertThat(probe.answer(request, response())).isSameAs(gone);
    }

    private void carry(String operation) {
        headers.put(CarriedProbe.OPERATION_HEADER, operation);
        headers.put(CarriedProbe.SECRET_HEADER, CarriedProbe.secret(KEY));
        headers.put("X-Midwrite-Request", "00000000000000aa");
    }

    private Object request() {
        return object(HttpServletRequest.class, methods());
    }

    private Map<String, Function<Object[], Object>> methods() {
        return Map.of(
                "getMethod", arguments -> "GET",
                "getPathInfo", arguments -> "/page",
                "getRequestURI", arguments -> "/page",
                "getDispatcherType", arguments -> dispatch,
                "getHeader", arguments -> headers.get((String) arguments[0]),
                "getSession", arguments -> session(arguments));
    }

    private Object session(Object[] arguments) {
        there |= (boolean) arguments[0];
        return !there
                ? null
                : object(
                        HttpSession.class,
                        Map.of(
                                "getAttribute", names -> attributes.get((String) names[0]),
                                "setAttribute", pair -> attributes.put((String) pair[0], pair[1])));
    }

    private Object response() {
        PrintWriter writer = new PrintWriter(answer, true);
        return object(
                HttpServletResponse.class,
                Map.of("getWriter", arguments -> writer, "encodeURL", arguments -> arguments[0]));
    }

    /** What a method returns where it is void is of no interest to anybody. */
    private static Object object(Class<?> type, Map<String, Function<Object[], Object>> methods) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
            Function<Object[], Object> does = methods.get(method.getName());
            Object result = does == null ? null : does.apply(arguments);
            return method.getReturnType() == void.class ? null : result;
        });
    }
}
