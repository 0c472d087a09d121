package dev.midwrite.shop;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;

/** The cart as a page of its own, for customers who have logged in. */
@RestController
@Profile("login")
@RequestMapping("/basket")
class BasketController {
    private static final String BASKET = "basket";

    @GetMapping(produces = MediaType.TEXT_HTML_VALUE)
    String show(HttpSession session, CsrfToken token) {
        String items = items(session).stream()
                .map(item -> "<li>" + HtmlUtils.htmlEscape(item) + "</li>")
                .collect(Collectors.joining());
        return """
                <!doctype html>
                <title>Basket</title>
                <ul class="basket">%s</ul>
                <form method="post" action="/basket">
                <input type="hidden" name="%s" value="%s">
                <input name="item"><button>Add</button>
                </form>
                """.formatted(items, token.getParameterName(), token.getToken());
    }

    @PostMapping
    ResponseEntity<Void> add(@RequestParam String item, HttpServletRequest request) {
        HttpSession session = request.getSession();
        List<String> items = new ArrayList<>(items(session));
        items.add(item);
        session.setAttribute(BASKET, items);
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .header("Location", "/basket")
                .build();
    }

    @SuppressWarnings("unchecked") // This class alone writes the attribute.
    private static List<String> items(HttpSession session) {
        Object items = session.getAttribute(BASKET);
        return items == null ? List.of() : (List<String>) items;
    }
}
