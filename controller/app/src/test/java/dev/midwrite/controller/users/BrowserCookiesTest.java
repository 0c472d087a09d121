package dev.midwrite.controller.users;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.event.CookieFlaw;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BrowserCookiesTest {
    private static final URI HERE = URI.create("http://shop.example:8081/probe/create");
    private static final URI NEXT = URI.create("http://shop.example:8082/probe/list");

    private final BrowserCookies cookies = new BrowserCookies(false);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SESSION=a; Path=/; HttpOnly; SameSite=Lax",
                "SESSION=a; Path=/probe",
                "SESSION=a",
                "SESSION=a; Domain=shop.example; Path=/",
                "SESSION=a; Path=/; Max-Age=600",
                "SESSION=a; Path=/; SameSite=Strict",
            })
    void ordinaryCookieGoesBackToEveryPort(String header) {
        assertThat(receive(header)).isEmpty();
        assertThat(cookies.header(NEXT)).isEqualTo("SESSION=a");
    }

    @Test
    void aCookieThatIsTakenAwayWithItsValueIsNotMissed() {
        receive("JSESSIONID=a; Path=/");
        assertThat(receive("JSESSIONID=a; Path=/; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT"))
                .isEmpty();
        assertThat(cookies.isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SESSION=a; Path=/; Secure | SECURE | it is Secure, and was set over http",
                "SESSION=a; Path=/app | PATH | its Path is /app, and the probe's /probe/list",
                "SESSION=a; Path=/; Domain=x.example | DOMAIN | its Domain is x.example, and the service's host shop.example",
                "SESSION=a; Path=/; SameSite=None | SAME_SITE | it is SameSite=None without Secure",
                "__Host-S=a; Path=/ | PREFIX | its name demands Secure, which it is not",
                "SESSION=a; Path=/; Max-Age=0 | EXPIRED | it had expired when it was set",
                "SESSION=a; Path=/; Expires=Thu, 01 Jan 1970 00:00:10 GMT | EXPIRED | it had expired when it was set",
            })
    void whatABrowserWouldNotSendBackIsNamedAndNotSent(String header, CookieFlaw flaw, String reason) {
        assertThat(receive(header)).containsExactly(new UnreturnedCookie(header.split("=", 2)[0], flaw, reason));
        assertThat(cookies.header(NEXT)).isEmpty();
    }

    @Test
    void behindTlsSecureCookiesGoBack() {
        BrowserCookies secure = new BrowserCookies(true);
        List<String> header = List.of("__Host-S=a; Path=/; Secure; SameSite=None");
        assertThat(secure.receive(HERE, NEXT, header)).isEmpty();
        assertThat(secure.header(NEXT)).isEqualTo("__Host-S=a");
    }

    @Test
    void cookieThatTheAnswerTookAwayIsGoneAndNoProblem() {
        assertThat(receive("SESSION=a; Path=/")).isEmpty();
        assertThat(receive("SESSION=; Path=/; Max-Age=0")).isEmpty();
        assertThat(cookies.isEmpty()).isTrue();
    }

    @Test
    void copyGoesItsOwnWay() {
        receive("SESSION=a; Path=/");
        BrowserCookies copy = cookies.copy();
        receive("SESSION=b; Path=/");
        assertThat(copy.header(NEXT)).isEqualTo("SESSION=a");
        assertThat(cookies.header(NEXT)).isEqualTo("SESSION=b");
    }

    @Test
    void idThatComesInAHeaderGoesBackThereUntilItIsTakenAway() {
        BrowserCookies token = new BrowserCookies(false, "X-Auth-Token");
        assertThat(token.isEmpty()).isTrue();
        token.receiveId(name -> name.equals("X-Auth-Token") ? List.of("a") : List.of());
        BrowserCookies before = token.copy();
        token.receiveId(name -> List.of());
        assertThat(token.idHeader()).containsExactly(Map.entry("X-Auth-Token", "a"));
        token.receiveId(name -> List.of("b"));
        assertThat(token.idHeader()).containsValue("b");
        token.receiveId(name -> List.of(""));
        assertThat(token.idHeader()).isEmpty();
        assertThat(token.isEmpty()).isTrue();
        assertThat(before.idHeader()).as("copy").containsValue("a");
        cookies.receiveId(name -> List.of("c"));
        assertThat(cookies.isEmpty()).as("of a browser").isTrue();
    }

    private List<UnreturnedCookie> receive(String header) {
        return cookies.receive(HERE, NEXT, List.of(header));
    }
}
