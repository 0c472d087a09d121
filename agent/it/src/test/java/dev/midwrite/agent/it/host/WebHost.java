package dev.midwrite.agent.it.host;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.session.events.SessionDeletedEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * An ordinary Spring Boot application with its sessions in Redis; says on which port it listens.
 *
 * <p>Arguments: Redis' port, and which repository of Spring Session it uses (default, indexed).
 */
@SpringBootApplication
public class WebHost {

    public static void main(String[] args) {
        SpringApplication application = new SpringApplication(WebHost.class);
        application.setDefaultProperties(Map.of(
                "server.port", "0",
                "server.address", "127.0.0.1",
                "spring.data.redis.host", "127.0.0.1",
                "spring.data.redis.port", args[0],
                "spring.session.data.redis.repository-type", args[1],
                "spring.main.banner-mode", "off",
                "logging.level.root", "OFF"));
        application.run();
    }

    @EventListener
    void listening(WebServerInitializedEvent event) {
        System.out.println(event.getWebServer().getPort());
    }

    /** The indexed repository says so after its listener has loaded the session. */
    @EventListener
    void deleted(SessionDeletedEvent event) {
        System.out.println("deleted");
    }

    /** Sessions as users see them. */
    @RestController
    static class Sessions {

        /** A String has a Content-Length, so the response commits, and the session is saved, inside the handler. */
        @GetMapping("/set")
        String set(HttpSession session, @RequestParam String name, @RequestParam String value) {
            session.setAttribute(name, value);
            return "ok";
        }

        @GetMapping("/get")
        String get(HttpServletRequest request, @RequestParam String name) {
            HttpSession session = request.getSession(false);
            return session == null ? "no session" : "" + session.getAttribute(name);
        }

        @GetMapping("/logout")
        String logout(HttpSession session) {
            session.invalidate();
            return "ok";
        }

        @GetMapping("/exit")
        String exit() {
            System.exit(0);
            return "";
        }
    }
}
