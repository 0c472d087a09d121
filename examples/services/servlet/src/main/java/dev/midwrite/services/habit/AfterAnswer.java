package dev.midwrite.services.habit;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.stereotype.Component;

/**
 * Sets registers and the group when the answer is on its way: still in the request ({@code after-commit}), so that they are saved
 * later than their user was told, or when it is over ({@code after-request}), so that nobody saves them.
 */
@Component
@ConditionalOnExpression("'${service.habit:}'.startsWith('after-')")
class AfterAnswer extends HttpFilter implements ServletRequestListener {
    private static final long serialVersionUID = 1L;

    private static final String LATER = AfterAnswer.class.getName();

    private final boolean inRequest;

    AfterAnswer(@Value("${service.habit}") String habit) {
        this.inRequest = habit.equals("after-commit");
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        List<Runnable> later = new ArrayList<>();
        chain.doFilter(new Deferring(request, later), response);
        if (inRequest) {
            response.flushBuffer();
            later.forEach(Runnable::run);
        } else {
            request.setAttribute(LATER, later);
        }
    }

    @Override
    public void requestDestroyed(ServletRequestEvent event) {
        if (event.getServletRequest().getAttribute(LATER) instanceof List<?> later) {
            later.forEach(task -> ((Runnable) task).run());
        }
    }

    /** Hands out sessions that keep registers for later. */
    private static final class Deferring extends HttpServletRequestWrapper {
        private final List<Runnable> later;

        Deferring(HttpServletRequest request, List<Runnable> later) {
            super(request);
            this.later = later;
        }

        @Override
        public HttpSession getSession(boolean create) {
            HttpSession session = super.getSession(create);
            return session == null
                    ? null
                    : (HttpSession) Proxy.newProxyInstance(
                            AfterAnswer.class.getClassLoader(),
                            new Class<?>[] {HttpSession.class},
                            (proxy, method, arguments) -> {
                                if (method.getName().equals("setAttribute")
                                        && arguments[0].toString().matches("mw\\.(register|group)\\..*")) {
                                    later.add(() -> session.setAttribute((String) arguments[0], arguments[1]));
                                    return null;
                                }
                                try {
                                    return method.invoke(session, arguments);
                                } catch (InvocationTargetException e) {
                                    throw e.getCause();
                                }
                            });
        }
    }
}
