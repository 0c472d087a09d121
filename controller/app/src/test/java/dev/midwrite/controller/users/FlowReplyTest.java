package dev.midwrite.controller.users;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.controller.plan.FlowStep;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FlowReplyTest {
    private static FlowReply redirect(String location) {
        return new FlowReply(302, name -> name.equals("Location") ? List.of(location) : List.of(), "");
    }

    private static boolean leads(String location, String wanted) {
        FlowStep step = new FlowStep(
                "log in", "POST", "/login", Map.of(), Map.of(), "", Set.of(302), wanted, Map.of(), Duration.ZERO);
        return redirect(location).unexpected(step, new BrowserCookies(false)).isEmpty();
    }

    @Test
    void aSessionsIdIsNoPartOfWhereARedirectLeads() {
        assertThat(leads("/home;jsessionid=0123456789ABCDEF", "/home")).isTrue();
        assertThat(leads("http://shop.example/home;JSESSIONID=0123?a=b", "/home"))
                .isTrue();
        assertThat(leads("/home;jsessionid=0123/cart", "/home/cart")).isTrue();
        assertThat(redirect("/home;jsessionid=0123").leadsToSession()).isTrue();
    }

    @Test
    void anotherParameterOfAPathIs() {
        assertThat(leads("/home;lang=en", "/home")).isFalse();
        assertThat(leads("/home;lang=en", "/home;lang=en")).isTrue();
        assertThat(redirect("/home;lang=en").leadsToSession()).isFalse();
    }
}
