package dev.midwrite.agent.library;

import dev.midwrite.agent.point.Library;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** The one point of the servlet API; that it answers is for {@code AgentProbeTest} and the forked tests. */
class ServletsTest extends LibraryContract {

    @Override
    Library library() {
        return new Servlets();
    }

    @Override
    Map<String, Supplier<Subject>> subjects() {
        return Map.of("servlet.HttpServlet.service", Service::new);
    }

    private static final class Service extends Subject {
        private Callable<?> servlet;
        private Object answer = "";

        @Override
        Class<?>[] classes() {
            return new Class<?>[] {HttpServlet.class};
        }

        @Override
        List<String> again() {
            return List.of("jakarta.servlet.", Served.class.getName());
        }

        @Override
        void prepare(WovenLoader loader) throws ReflectiveOperationException {
            servlet = (Callable<?>)
                    loader.loadClass(Served.class.getName()).getConstructor().newInstance();
            answer = "";
        }

        @Override
        void call() throws Exception {
            answer = servlet.call();
        }

        @Override
        boolean bodyRan() {
            return "hello".equals(answer);
        }
    }

    /** A servlet that is called as a container would. Public: it is loaded again, beside the API. */
    public static final class Served extends HttpServlet implements Callable<Object> {
        private static final long serialVersionUID = 1;

        private String said = "";

        @Override
        public Object call() throws Exception {
            said = "";
            service(anything(HttpServletRequest.class), anything(HttpServletResponse.class));
            return said;
        }

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) {
            said = "hello";
        }

        private static <T> T anything(Class<T> type) {
            return type.cast(Proxy.newProxyInstance(
                    type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> null));
        }
    }
}
