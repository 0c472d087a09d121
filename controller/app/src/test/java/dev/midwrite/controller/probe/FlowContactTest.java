package dev.midwrite.controller.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.plan.CredentialSource;
import dev.midwrite.controller.plan.FlowSpec;
import dev.midwrite.controller.plan.ProbePlace;
import dev.midwrite.controller.users.Credentials;
import dev.midwrite.controller.users.FlowTest;
import dev.midwrite.controller.users.LoginShop;
import dev.midwrite.controller.users.ProbeAccess;
import dev.midwrite.controller.users.Router.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlowContactTest {
    @TempDir
    Path directory;

    @Test
    void flowThatGoesWellSaysNothing() throws Exception {
        try (LoginShop shop = new LoginShop(FlowTest.PASSWORD)) {
            assertThat(contact(shop, FlowTest.PASSWORD)).isEmpty();
        }
    }

    @Test
    void logoutThatEndsTheLoginSaysNothing() throws Exception {
        try (LoginShop shop = new LoginShop(FlowTest.PASSWORD)) {
            shop.rememberUsers();
            assertThat(contact(shop, FlowTest.PASSWORD, FlowTest.leavingFlow())).isEmpty();
        }
    }

    @Test
    void logoutThatTakesTheCookieOnlyIsANote() throws Exception {
        try (LoginShop shop = new LoginShop(FlowTest.PASSWORD)) {
            shop.takeOnlyTheCookieAtLogout();
            assertThat(contact(shop, FlowTest.PASSWORD, FlowTest.leavingFlow()))
                    .containsExactly("After the logout on node-1 its page is still shown with the cookies of before.");
        }
    }

    @Test
    void pageThatEverybodyIsShownCannotShowALogout() throws Exception {
        try (LoginShop shop = new LoginShop(FlowTest.PASSWORD)) {
            FlowSpec flow = FlowTest.leavingBy("/", Set.of());
            assertThatThrownBy(() -> contact(shop, FlowTest.PASSWORD, flow))
                    .isInstanceOf(Problem.class)
                    .hasMessageStartingWith(
                            "Step 'page' of user 1 (GET / on node-1) is answered without any cookie as it is"
                                    + " to who has logged in");
        }
    }

    @Test
    void cookiesThatHoldNoLoginAreSaid() throws Exception {
        try (LoginShop shop = new LoginShop(FlowTest.PASSWORD)) {
            FlowSpec flow = FlowTest.leavingBy("/account", Set.of("OTHER"));
            assertThatThrownBy(() -> contact(shop, FlowTest.PASSWORD, flow))
                    .isInstanceOf(Problem.class)
                    .hasMessageStartingWith(
                            "Step 'page' of user 1 (GET /account on node-1) is shown to who has logged in, and is not with");
        }
    }

    @Test
    void loginThatFailsNamesStepUserStatusAndTheFirstLineButNoPassword() throws Exception {
        try (LoginShop shop = new LoginShop(FlowTest.PASSWORD)) {
            assertThatThrownBy(() -> contact(shop, "a-wrong-one"))
                    .isInstanceOf(Problem.class)
                    .hasMessage("Step 'log in' of user 1 (POST /login on node-1) was answered with 302 to /login?error:"
                            + " this demands a login. Its answer begins: no such user with password (hidden)");
        }
    }

    @Test
    void selectorThatMatchesNothingIsSaid() throws Exception {
        try (LoginShop shop = new LoginShop(FlowTest.PASSWORD)) {
            shop.entryClass("another");
            assertThatThrownBy(() -> contact(shop, FlowTest.PASSWORD))
                    .isInstanceOf(Problem.class)
                    .hasMessageStartingWith("Step 'look' of user 1 (GET /basket on node-1) does not show what 'put' had"
                            + " just written: css 'li.item' matches nothing. Its answer begins: <form>");
        }
    }

    @Test
    void usersWhoWouldEndEachOthersSessionsAreSaidBeforeTheyDo() throws Exception {
        try (LoginShop shop = new LoginShop(FlowTest.PASSWORD)) {
            shop.permitOneSessionPerUser();
            assertThatThrownBy(() -> contact(shop, FlowTest.PASSWORD))
                    .isInstanceOf(Problem.class)
                    .hasMessageStartingWith("The application lets a user have one session at a time: when the name of a"
                            + " session logs in again, that session ends. The drill's 30 users and failover probes have"
                            + " one name, so they");
        }
    }

    @Test
    void usersWithNamesOfTheirOwnEndNobodysSession() throws Exception {
        try (LoginShop shop = new LoginShop(FlowTest.PASSWORD)) {
            shop.permitOneSessionPerUser();
            StringBuilder lines = new StringBuilder("name,password\n");
            for (int i = 0; i < 30; i++) {
                lines.append("customer-")
                        .append(i)
                        .append(",\"")
                        .append(FlowTest.PASSWORD)
                        .append("\"\n");
            }
            assertThat(contactOf(shop, lines.toString()))
                    .as("one who logs in anew ends his own")
                    .singleElement()
                    .asString()
                    .startsWith("The application lets a user have one session at a time: users do not log in anew");
        }
    }

    /** Who only tries whether a name may log in twice has not been shown the token that a logout needs. */
    @Test
    void aTokenThatComesAfterTheLoginStandsInNobodysWay() throws Exception {
        try (LoginShop shop = new LoginShop(FlowTest.PASSWORD)) {
            shop.changeTokenAtLogin();
            assertThat(contact(shop, FlowTest.PASSWORD, FlowTest.leavingInTheEnd()))
                    .isEmpty();
        }
    }

    @Test
    void credentialsThatAreNotThereAreSaid() {
        assertThatThrownBy(() ->
                        Credentials.read(new CredentialSource("nobody.csv", Map.of()), directory, variable -> null))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("nobody.csv is not there");
        assertThatThrownBy(() -> Credentials.read(
                        new CredentialSource("", Map.of("name", "SHOP_USER")), directory, variable -> null))
                .hasMessage("The drill's users need the environment variable SHOP_USER, which is not set.");
    }

    private List<String> contact(LoginShop shop, String password) throws IOException, InterruptedException {
        return contact(shop, password, FlowTest.flow());
    }

    private List<String> contact(LoginShop shop, String password, FlowSpec flow)
            throws IOException, InterruptedException {
        return contactOf(shop, "name,password\ncustomer-one,\"" + password + "\"\n", flow);
    }

    private List<String> contactOf(LoginShop shop, String customers) throws IOException, InterruptedException {
        return contactOf(shop, customers, FlowTest.flow());
    }

    private List<String> contactOf(LoginShop shop, String customers, FlowSpec flow)
            throws IOException, InterruptedException {
        Files.writeString(directory.resolve("customers.csv"), customers);
        Credentials credentials =
                Credentials.read(new CredentialSource("customers.csv", Map.of()), directory, variable -> null);
        return new FirstContact(new FirstContactSetting(
                        new ProbeAccess(ProbePlace.NONE, ""),
                        FlowTest.users(flow),
                        credentials,
                        true,
                        Duration.ofMinutes(1)))
                .make(List.of(new Target(1, "node-1", shop.uri())));
    }
}
