package dev.midwrite.controller.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginAnswerTest {

    @Test
    void redirectIsKnownByWhereItLeads() {
        LoginAnswer login = LoginAnswer.parse("302 /login").orElseThrow();
        assertThat(login).isEqualTo(new LoginAnswer(302, "/login"));
        assertThat(login.matches(302, "/login?error")).isTrue();
        assertThat(login.matches(302, "http://host:8080/login")).isTrue();
        assertThat(login.matches(302, "/maintenance")).isFalse();
        assertThat(login.matches(303, "/login")).isFalse();
        assertThat(login.matches(302, "")).isFalse();
        assertThat(login.matches(302, "http://not an address/login")).isFalse();
    }

    @Test
    void wholeAddressIsTakenAsItStands() {
        LoginAnswer login = LoginAnswer.parse("302  https://sso.example/").orElseThrow();
        assertThat(login.matches(302, "https://sso.example/auth")).isTrue();
        assertThat(login.matches(302, "https://other.example/auth")).isFalse();
    }

    @Test
    void statusAloneNeedsNoPlace() {
        assertThat(LoginAnswer.parse("401").orElseThrow().matches(401, "")).isTrue();
        assertThat(LoginAnswer.parse("401").orElseThrow().matches(403, "")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "login", "302", "200", "503", "302 login", "40", "401x"})
    void anythingElseIsNone(String text) {
        assertThat(LoginAnswer.parse(text)).isEmpty();
    }
}
