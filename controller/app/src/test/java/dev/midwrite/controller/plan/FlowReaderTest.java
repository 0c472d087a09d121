package dev.midwrite.controller.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FlowReaderTest {
    private static final String LOGIN = """
            before:
              - get: /login
                take: {csrf: {css: "input[name=_csrf]", attribute: value}}
              - step: log in
                post: /login
                form: {username: "{name}", password: "{password}", _csrf: "{csrf}"}
                expect: [302, 303]
                location: /
            """;
    private static final String BASKET = """
            workloads:
              - kind: list
                write: {post: /basket, form: {item: "{write-id}"}}
                read: {get: /basket}
                shows: {json: /items}
            """;
    private static final String CREDENTIALS = "environment: {name: SHOP_USER, password: SHOP_PASSWORD}";

    @Test
    void readsAFlowAndNeedsNoProbeForIt() {
        Drill drill = drill("none", CREDENTIALS, LOGIN + BASKET);
        FlowSpec flow = drill.users().flow();
        assertThat(drill.nodes().probe().none()).isTrue();
        assertThat(flow.before()).hasSize(2);
        assertThat(flow.before().get(1).expect()).containsExactly(302, 303);
        assertThat(flow.alive()).contains(flow.workloads().get(0).read());
        assertThat(flow.titles()).containsExactly("list", "step 'GET /login'", "step 'log in'");
        assertThat(drill.users().login())
                .contains(new LoginAnswer(401, ""), new LoginAnswer(302, "/login"), new LoginAnswer(303, "/login"));
    }

    @Test
    void readsWhatALoginPageShows() {
        assertThat(drill("none", CREDENTIALS, LOGIN + BASKET + "login-page: {regex: Please sign in}\n")
                        .users()
                        .flow()
                        .loginPage())
                .contains(new Extraction(Extraction.Source.REGEX, "Please sign in", ""));
        assertThatThrownBy(() -> drill("none", CREDENTIALS, LOGIN + BASKET + "login-page: {cookie: SESSION}\n"))
                .hasMessageContaining("'login-page' is told by what stands in an answer: css, json, regex or header");
    }

    @Test
    void readsHowUsersLogOut() {
        FlowSpec flow = drill("none", CREDENTIALS, LOGIN + BASKET + """
                        logout:
                          steps:
                            - {step: log out, post: /logout, form: {_csrf: "{csrf}"}, expect: 302}
                          every: 5
                          cookies: [SESSION]
                        """).users().flow();
        LogoutSpec logout = flow.logout().orElseThrow();
        assertThat(logout.page()).isEqualTo(flow.workloads().get(0).read());
        assertThat(logout.steps()).extracting(FlowStep::path).containsExactly("/logout");
        assertThat(logout.every()).isEqualTo(5);
        assertThat(logout.cookies()).containsExactly("SESSION");
        assertThat(flow.titles())
                .containsExactly("list", "step 'GET /login'", "step 'log in'", "step 'GET /basket'", "step 'log out'");
    }

    @Test
    void logoutNeedsStepsAPageAndALogin() {
        assertThatThrownBy(() -> drill("none", CREDENTIALS, LOGIN + BASKET + "logout: {every: 5}\n"))
                .hasMessageContaining("needs 'steps'");
        assertThatThrownBy(() -> drill("/probe", CREDENTIALS, LOGIN + "logout: {steps: [{post: /logout}]}\n"))
                .hasMessageContaining("'logout' needs a 'page' that is shown to whoever is logged in alone");
        assertThatThrownBy(() -> drill("none", CREDENTIALS, BASKET + "logout: {steps: [{post: /logout}]}\n"))
                .hasMessageContaining("'logout' is of users who have logged in");
    }

    @Test
    void passwordThatIsWrittenOutIsRejected() {
        assertThatThrownBy(() -> drill("none", CREDENTIALS, LOGIN.replace("{password}", "hunter2") + BASKET))
                .isInstanceOf(InvalidDrill.class)
                .hasMessageContaining("'password' is written out; a drill is copied into bundles")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void placeholderThatNothingFillsIsNamed() {
        assertThatThrownBy(() -> drill("none", CREDENTIALS, LOGIN.replace("{csrf}\"", "{crsf}\"") + BASKET))
                .hasMessageContaining("nothing gives {crsf} a value")
                .hasMessageContaining("did you mean 'csrf'?");
    }

    @Test
    void selectorThatIsNoneIsSaid() {
        assertThatThrownBy(() -> drill("none", CREDENTIALS, LOGIN.replace("input[name=_csrf]", "input[name=") + BASKET))
                .hasMessageContaining("'css' cannot be read:");
    }

    @Test
    void writeWithoutAMarkCannotBeToldApart() {
        assertThatThrownBy(() -> drill("none", CREDENTIALS, LOGIN + BASKET.replace("{write-id}", "tea")))
                .hasMessageContaining("'write' must carry {write-id}");
    }

    @Test
    void emptyPageMustBeToldFromAnotherOne() {
        assertThatThrownBy(() -> drill("none", CREDENTIALS, LOGIN + BASKET.replace("json: /items", "css: li")))
                .hasMessageContaining("'read' needs a 'take'");
    }

    @Test
    void workloadsOfTheProbeNeedOne() {
        assertThatThrownBy(() -> drill("none", CREDENTIALS, LOGIN))
                .hasMessageContaining("with 'probe: none' the flow must say 'alive'");
        assertThatThrownBy(() -> drill("/probe", CREDENTIALS, LOGIN)).hasMessageContaining("users needs 'workloads'");
    }

    private static Drill drill(String probe, String credentials, String flow) {
        return DrillFile.parse(Path.of("flow.yaml"), """
                version: 1
                store: {kind: redis}
                nodes:
                  command: "{java} -jar shop.jar --port={port}"
                  probe: %s
                users:
                  sessions: 1
                  duration: 1s
                  credentials:
                    %s
                  flow:
                %s""".formatted(probe, credentials, flow.indent(4)));
    }
}
