package dev.midwrite.services.guarded;

import jakarta.servlet.http.HttpSession;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Pages of whoever is logged in. */
@RestController
class BasketController {
    private static final String BASKET = "basket";

    @GetMapping("/health")
    String health() {
        return "up";
    }

    @GetMapping("/basket")
    Map<String, Object> basket(HttpSession session, Principal customer, CsrfToken csrf) {
        return Map.of("customer", customer.getName(), "items", items(session), "csrf", csrf.getToken());
    }

    @PostMapping("/basket")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void put(HttpSession session, @RequestParam("item") String item) {
        List<String> items = new ArrayList<>(items(session));
        items.add(item);
        session.setAttribute(BASKET, items);
    }

    @SuppressWarnings("unchecked") // Nobody else sets it.
    private static List<String> items(HttpSession session) {
        Object items = session.getAttribute(BASKET);
        return items == null ? List.of() : (List<String>) items;
    }
}
