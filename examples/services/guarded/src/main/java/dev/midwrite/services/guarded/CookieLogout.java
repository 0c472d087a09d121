package dev.midwrite.services.guarded;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** A logout that forgets the server: it takes the cookies from the browser, and leaves the session. */
@RestController
@ConditionalOnProperty(name = "service.logout", havingValue = "cookie")
class CookieLogout {

    @PostMapping("/logout")
    void logOut(HttpServletResponse response) throws IOException {
        for (String name : List.of("SESSION", "remember-me")) {
            Cookie gone = new Cookie(name, "");
            gone.setPath("/");
            gone.setMaxAge(0);
            response.addCookie(gone);
        }
        response.sendRedirect("/login?logout");
    }
}
