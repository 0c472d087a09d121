package dev.midwrite.controller.users;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.controller.plan.Extraction;
import dev.midwrite.controller.plan.FlowSpec;
import dev.midwrite.controller.plan.FlowStep;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /** As an application does whose filter forwards to the login page. */
    @Test
    void aPageThatAsksToLogInIsTheDemandWhateverItsStatus() {
        FlowSpec flow = withLoginPage(FlowTest.leavingFlow());
        FlowStep read = flow.workloads().get(0).read();
        FlowReply page = new FlowReply(200, name -> List.of(), "<form action='/login'><input name='_csrf'></form>");

        assertThat(page.demandsLogin(read, flow, List.of())).isTrue();
        assertThat(page.demandsLogin(flow.between().get(0), flow, List.of())).isTrue();
        assertThat(page.demandsLogin(read, FlowTest.flow(), List.of())).isFalse();
        assertThat(new FlowReply(200, name -> List.of(), "<ul></ul>").demandsLogin(read, flow, List.of()))
                .isFalse();
    }

    @Test
    void whoIsOnTheWayInOrOutMayBeShownIt() {
        FlowSpec flow = withLoginPage(FlowTest.leavingFlow());
        FlowReply page = new FlowReply(200, name -> List.of(), "<form action='/login'></form>");

        assertThat(flow.before()).noneMatch(step -> page.demandsLogin(step, flow, List.of()));
        assertThat(flow.logout().orElseThrow().steps()).noneMatch(step -> page.demandsLogin(step, flow, List.of()));
    }

    private static FlowSpec withLoginPage(FlowSpec flow) {
        return FlowTest.with(
                flow,
                flow.after(),
                flow.logout(),
                Optional.of(new Extraction(Extraction.Source.CSS, "form[action='/login']", "")));
    }

    @Test
    void anotherParameterOfAPathIs() {
        assertThat(leads("/home;lang=en", "/home")).isFalse();
        assertThat(leads("/home;lang=en", "/home;lang=en")).isTrue();
        assertThat(redirect("/home;lang=en").leadsToSession()).isFalse();
    }
}
