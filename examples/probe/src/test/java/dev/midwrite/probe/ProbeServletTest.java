package dev.midwrite.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The endpoints in a plain Tomcat: they need nothing but the servlet API. */
class ProbeServletTest {
    @TempDir
    static Path directory;

    private static Tomcat tomcat;

    private final CookieManager cookies = new CookieManager();
    private final HttpClient user =
            HttpClient.newBuilder().cookieHandler(cookies).build();
    private long request = 0x10;

    @BeforeAll
    static void start() throws Exception {
        tomcat = new Tomcat();
        tomcat.setBaseDir(directory.toString());
        tomcat.setPort(0);
        tomcat.setSilent(true);
        StandardContext context = (StandardContext) tomcat.addContext("", directory.toString());
        // What Tomcat does against leaks of redeployed applications needs packages that Java does not open.
        context.setClearReferencesRmiTargets(false);
        context.setClearReferencesThreadLocals(false);
        Tomcat.addServlet(context, "probe", new ProbeServlet("node-7"));
        context.addServletMappingDecoded("/probe/*", "probe");
        ErrorPage page = new ErrorPage();
        page.setErrorCode(ProbeServlet.ERROR_STATUS);
        page.setLocation("/probe/dispatch/error");
        context.addErrorPage(page);
        tomcat.getConnector();
        tomcat.start();
    }

    @AfterAll
    static void stop() throws Exception {
        tomcat.stop();
        tomcat.destroy();
    }

    @Test
    void answersAbsenceWithoutMakingASession() throws Exception {
        HttpResponse<String> response = send("GET", "alive");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .isEqualTo("{\"request\":\"0000000000000011\",\"node\":\"node-7\",\"session\":false}");
        assertThat(response.headers().firstValue("X-Midwrite-Request")).contains("0000000000000011");
        assertThat(body("POST", "list")).contains("\"session\":false");
        assertThat(cookies.getCookieStore().getCookies()).isEmpty();
    }

    @Test
    void createdSessionKeepsItsIncarnationOverAnIdChange() throws Exception {
        String incarnation = field(body("POST", "create"), "incarnation");
        String id = cookies.getCookieStore().getCookies().get(0).getValue();
        assertThat(body("POST", "rotate")).contains(incarnation);
        assertThat(cookies.getCookieStore().getCookies().get(0).getValue()).isNotEqualTo(id);
        assertThat(field(body("GET", "alive"), "incarnation")).isEqualTo(incarnation);
        assertThat(field(body("POST", "create"), "incarnation")).isNotEqualTo(incarnation);
    }

    @Test
    void aRequestIsHandedOnAndSetsItsRegisterThere() throws Exception {
        assertThat(body("POST", "dispatch/forward?value=v")).contains("\"session\":false");
        body("POST", "create");
        for (String how : new String[] {"forward", "include", "async", "error"}) {
            HttpResponse<String> response = send("POST", "dispatch/" + how + "?value=" + how);
            assertThat(response.statusCode()).as(how).isEqualTo(200);
            assertThat(response.headers().firstValue("X-Midwrite-Request"))
                    .as(how)
                    .isPresent();
            assertThat(response.body()).as(how).startsWith("{\"request\":").endsWith("\"value\":\"" + how + "\"}");
            assertThat(body("GET", "register/" + how)).contains("\"value\":\"" + how + "\"");
        }
        assertThat(send("POST", "dispatch/forward").statusCode()).isEqualTo(400);
        assertThat(send("POST", "dispatch/nowhere?value=v").statusCode()).isEqualTo(400);
    }

    @Test
    void theIdInAddressesIsShown() throws Exception {
        String made = body("POST", "create");
        String id = cookies.getCookieStore().getCookies().get(0).getValue();
        // Tomcat has not seen the cookie yet, and both ways of tracking are on.
        assertThat(made).contains("\"url\":\"/probe/create;jsessionid=" + id + "\"");
        assertThat(body("GET", "alive")).doesNotContain("url");
        assertThat(body("POST", "rotate")).doesNotContain("url");
    }

    @Test
    void withoutAnIndexOfNamesNoSessionsAreListedAndNoneAreEnded() throws Exception {
        body("POST", "create");
        assertThat(body("GET", "principal")).contains("\"principal\":null,\"sessions\":null");
        assertThat(body("POST", "principal?name=alice")).contains("\"principal\":\"alice\"");
        assertThat(body("GET", "principal")).contains("\"principal\":\"alice\",\"sessions\":null");
        assertThat(body("POST", "principal/end")).contains("\"principal\":\"alice\",\"sessions\":null");
        assertThat(body("GET", "alive")).contains("\"session\":true");
        assertThat(send("POST", "principal").statusCode()).isEqualTo(400);
        assertThat(send("GET", "principal/end").statusCode()).isEqualTo(400);
    }

    @Test
    void anObjectIsChangedWhereItLies() throws Exception {
        body("POST", "create");
        assertThat(body("GET", "mutate")).contains("\"value\":null");
        assertThat(body("POST", "mutate?value=one")).contains("\"value\":\"one\"");
        assertThat(body("POST", "mutate?value=two")).contains("\"value\":\"two\"");
        assertThat(body("GET", "mutate")).contains("\"value\":\"two\"");
        assertThat(send("POST", "mutate").statusCode()).isEqualTo(400);
    }

    @Test
    void endedSessionIsAbsent() throws Exception {
        body("POST", "create");
        assertThat(body("POST", "logout")).contains("\"session\":true");
        assertThat(body("GET", "alive")).contains("\"session\":false");
    }

    @Test
    void registerHoldsTheLastValue() throws Exception {
        body("POST", "create");
        assertThat(body("GET", "register/a")).contains("\"value\":null");
        assertThat(body("POST", "register/a?value=mw1:x")).contains("\"value\":\"mw1:x\"");
        assertThat(body("GET", "register/a")).contains("\"value\":\"mw1:x\"");
        assertThat(body("GET", "register/b")).contains("\"value\":null");
        body("DELETE", "register/a");
        assertThat(body("GET", "register/a")).contains("\"value\":null");
    }

    @Test
    void appendedListCommitsToItsPrefix() throws Exception {
        body("POST", "create");
        long hash = 0;
        for (int i = 1; i <= 10; i++) {
            String reply = body("POST", "list");
            hash = ProbeList.mix(hash, request);
            assertThat(reply).contains("\"length\":" + i + ",");
            assertThat(field(reply, "hash")).isEqualTo(HexFormat.of().toHexDigits(hash));
        }
        assertThat(body("GET", "list")).contains("\"whole\":false").doesNotContain("\"" + hex(request - 10) + "\"");
        assertThat(body("GET", "list?whole=true"))
                .contains("\"whole\":true,\"ids\":[\"" + hex(request - 11) + "\"")
                .contains("\"" + hex(request - 2) + "\"]}");
    }

    @Test
    void repeatedRequestAppliesTwice() throws Exception {
        body("POST", "create");
        body("POST", "list");
        request--;
        assertThat(body("POST", "list")).contains("\"length\":2");
        body("POST", "counter");
        request--;
        assertThat(body("POST", "counter")).contains("\"value\":2");
    }

    @Test
    void groupIsSetAndReadAsOne() throws Exception {
        body("POST", "create");
        assertThat(body("GET", "group")).contains("[null,null,null,null]");
        body("POST", "group?value=s1");
        assertThat(body("GET", "group")).contains("[\"s1\",\"s1\",\"s1\",\"s1\"]");
    }

    @Test
    void largeSessionShowsEachStampOnce() throws Exception {
        body("POST", "create");
        assertThat(body("GET", "large")).contains("\"group\":[null]");
        assertThat(body("POST", "large?value=s1")).contains("\"group\":[\"s1\"]");
        assertThat(body("GET", "large")).contains("\"group\":[\"s1\"]");
    }

    @Test
    void reloginEndsTheSessionAndMakesANewOne() throws Exception {
        String before = field(body("POST", "create"), "incarnation");
        body("POST", "list");
        String id = cookies.getCookieStore().getCookies().get(0).getValue();
        String reply = body("POST", "relogin");
        assertThat(field(reply, "ended")).isEqualTo(before);
        assertThat(field(reply, "incarnation")).isNotEqualTo(before);
        assertThat(cookies.getCookieStore().getCookies().get(0).getValue()).isNotEqualTo(id);
        assertThat(body("GET", "list")).contains("\"length\":0").contains(field(reply, "incarnation"));
    }

    @Test
    void documentNamesItsParent() throws Exception {
        body("POST", "create");
        assertThat(body("POST", "document?value=v1")).contains("\"version\":\"v1\",\"parent\":null");
        assertThat(body("POST", "document?value=v2")).contains("\"version\":\"v2\",\"parent\":\"v1\"");
        assertThat(body("GET", "document")).contains("\"version\":\"v2\",\"parent\":\"v1\"");
    }

    @Test
    void refusesWhatItDoesNotUnderstandInOneSentence() throws Exception {
        body("POST", "create");
        assertThat(send("GET", "nonsense").statusCode()).isEqualTo(400);
        assertThat(send("POST", "register/a").body()).isEqualTo("A write needs the parameter value.\n");
        HttpRequest bare = HttpRequest.newBuilder(uri("alive")).build();
        HttpResponse<String> refused = user.send(bare, HttpResponse.BodyHandlers.ofString());
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.headers().firstValue("X-Midwrite-Request")).isEmpty();
    }

    private String body(String method, String path) throws IOException, InterruptedException {
        HttpResponse<String> response = send(method, path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body();
    }

    private HttpResponse<String> send(String method, String path) throws IOException, InterruptedException {
        HttpRequest sent = HttpRequest.newBuilder(uri(path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .header("X-Midwrite-Request", hex(++request))
                .build();
        return user.send(sent, HttpResponse.BodyHandlers.ofString());
    }

    private static URI uri(String path) {
        return URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + "/probe/" + path);
    }

    private static String hex(long value) {
        return HexFormat.of().toHexDigits(value);
    }

    private static String field(String json, String name) {
        Matcher matcher = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(json);
        assertThat(matcher.find()).as(json).isTrue();
        return matcher.group(1);
    }
}
