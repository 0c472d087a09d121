package dev.midwrite.agent.probe;

import dev.midwrite.event.CarriedProbe;
import dev.midwrite.probe.ProbeServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.function.BooleanSupplier;

/**
 * Answers the controller's users in the place of whatever servlet their request has come to. The host's filters have let
 * it through by then, and have wrapped the request, so that the session is the application's.
 *
 * <p>Only for who knows the run's secret, and while the controller's lease holds; every other request is the servlet's.
 * Thread-safe.
 */
public final class AgentProbe {
    private final byte[] secret;
    private final ProbeServlet servlet;
    private final BooleanSupplier leased;

    /**
     * @param node the name that answers carry
     * @param key the run's, of which the secret is made
     * @param leased whether the controller is still there
     */
    public AgentProbe(String node, byte[] key, BooleanSupplier leased) {
        this.secret = CarriedProbe.secret(key).getBytes(StandardCharsets.US_ASCII);
        this.servlet = new ProbeServlet(node);
        this.leased = leased;
    }

    /**
     * Whether this request carries an operation, and is neither forwarded nor an error page.
     *
     * @param request of the host's servlet API
     */
    public boolean claims(Object request) {
        HttpServletRequest asked = Facade.of(HttpServletRequest.class, request);
        if (asked == null || asked.getHeader(CarriedProbe.OPERATION_HEADER) == null) {
            return false;
        }
        String given = asked.getHeader(CarriedProbe.SECRET_HEADER);
        return given != null
                && leased.getAsBoolean()
                && MessageDigest.isEqual(secret, given.getBytes(StandardCharsets.US_ASCII))
                && Facade.text(asked, "getDispatcherType").equals("REQUEST");
    }

    /**
     * Does what the request carries and writes the reply.
     *
     * @return what the application or its store threw, for the host to handle as it would its servlet's; or null
     */
    public Throwable answer(Object request, Object response) {
        try {
            servlet.service(CarriedRequest.of(request), Facade.of(HttpServletResponse.class, response));
            return null;
        } catch (Throwable e) {
            return Facade.thrownBy(e);
        }
    }
}
