package dev.midwrite.shop;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.ArrayList;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Login and cart; both live in the session alone. */
@RestController
class CartController {
    private static final String USER = "user";
    private static final String CART = "cart";

    /** What a user sees; nobody is the empty name. */
    record Cart(String user, List<String> items) {}

    /** Takes any name. The session gets a new id, so that nobody can log a victim into a session they know. */
    @PostMapping("/login")
    Cart login(@RequestParam String name, HttpServletRequest request) {
        HttpSession session = request.getSession();
        if (!session.isNew()) {
            request.changeSessionId();
        }
        session.setAttribute(USER, name);
        return cart(session);
    }

    @PostMapping("/logout")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void logout(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session != null) {
            session.invalidate();
        }
    }

    @GetMapping("/cart")
    Cart show(HttpServletRequest request) {
        return cart(request.getSession(false));
    }

    @PostMapping("/cart")
    Cart add(@RequestParam String item, HttpServletRequest request) {
        HttpSession session = request.getSession();
        List<String> items = new ArrayList<>(items(session));
        items.add(item);
        session.setAttribute(CART, items);
        return cart(session);
    }

    private static Cart cart(HttpSession session) {
        if (session == null) {
            return new Cart("", List.of());
        }
        return new Cart(session.getAttribute(USER) instanceof String user ? user : "", items(session));
    }

    @SuppressWarnings("unchecked") // This class alone writes the attribute.
    private static List<String> items(HttpSession session) {
        Object items = session.getAttribute(CART);
        return items == null ? List.of() : (List<String>) items;
    }
}
