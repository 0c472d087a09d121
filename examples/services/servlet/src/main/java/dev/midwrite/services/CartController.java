package dev.midwrite.services;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.ArrayList;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A cart in the session, for load that knows nothing of the probe. */
@RestController
class CartController {
    private static final String CART = "cart";

    @GetMapping("/cart")
    List<String> show(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        return session == null ? List.of() : items(session);
    }

    @PostMapping("/cart")
    List<String> add(@RequestParam String item, HttpServletRequest request) {
        HttpSession session = request.getSession();
        List<String> items = new ArrayList<>(items(session));
        items.add(item);
        session.setAttribute(CART, items);
        return items;
    }

    @SuppressWarnings("unchecked") // This class alone writes the attribute.
    private static List<String> items(HttpSession session) {
        Object items = session.getAttribute(CART);
        return items == null ? List.of() : (List<String>) items;
    }
}
