package dev.midwrite.shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.CookieManager;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.session.SessionRepository;
import org.springframework.session.data.redis.RedisSessionRepository;
import redis.embedded.RedisServer;

/** Two nodes over one real Redis. */
class ShopTest {
    private static RedisServer redis;
    private static ConfigurableApplicationContext one;
    private static ConfigurableApplicationContext two;

    private final CookieManager cookies = new CookieManager();
    private final HttpClient browser =
            HttpClient.newBuilder().cookieHandler(cookies).build();

    @BeforeAll
    static void start() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        redis = RedisServer.newRedisServer()
                .port(port)
                .setting("bind 127.0.0.1")
                .setting("save \"\"")
                .build();
        redis.start();
        one = node("node-1", port);
        two = node("node-2", port);
    }

    @AfterAll
    static void stop() throws IOException {
        try (ConfigurableApplicationContext first = one;
                ConfigurableApplicationContext second = two) {
            assertThat(first).isNotSameAs(second);
        } finally {
            redis.stop();
        }
    }

    @Test
    void cartFollowsTheUserToTheOtherNodeAndOverTheLogin() throws Exception {
        assertThat(get(one, "/cart")).isEqualTo(cart("", ""));
        post(one, "/cart?item=tea");
        String before = cookie();
        assertThat(post(two, "/login?name=ann")).isEqualTo(cart("ann", "\"tea\""));
        assertThat(cookie()).isNotEqualTo(before);
        post(one, "/cart?item=cup");
        assertThat(get(two, "/cart")).isEqualTo(cart("ann", "\"tea\",\"cup\""));
        post(two, "/logout");
        assertThat(get(one, "/cart")).isEqualTo(cart("", ""));
    }

    @Test
    void probeSeesOneSessionOnBothNodes() throws Exception {
        post(one, "/probe/create");
        post(one, "/probe/list");
        post(two, "/probe/list");
        post(one, "/probe/group?value=s");
        post(two, "/probe/document?value=v");
        assertThat(get(one, "/probe/list")).contains("\"node\":\"node-1\"").contains("\"length\":2");
        assertThat(get(two, "/probe/group")).contains("\"node\":\"node-2\"").contains("[\"s\",\"s\",\"s\",\"s\"]");
        assertThat(get(one, "/probe/document")).contains("\"version\":\"v\"");
    }

    @Test
    void whatIsSetWhileARequestIsHandedOnIsThereOnTheOtherNode() throws Exception {
        post(one, "/probe/create");
        for (String how : new String[] {"forward", "include", "async", "error"}) {
            assertThat(post(one, "/probe/dispatch/" + how + "?value=v")).as(how).contains("\"value\":\"v\"");
            assertThat(get(two, "/probe/register/" + how)).as(how).contains("\"value\":\"v\"");
        }
    }

    /** What Spring Session does with an object that nobody sets again. */
    @Test
    void changeInPlaceStaysInItsRequest() throws Exception {
        post(one, "/probe/create");
        post(one, "/probe/mutate?value=first");
        assertThat(post(one, "/probe/mutate?value=second")).contains("\"value\":\"second\"");
        assertThat(get(one, "/probe/mutate")).contains("\"value\":\"first\"");
    }

    @Test
    void rotatedAwayIdIsDeadOnBothNodes() throws Exception {
        post(one, "/probe/create");
        String old = cookie();
        post(one, "/probe/rotate");
        HttpRequest stolen =
                request(two, "/probe/alive").header("Cookie", "SESSION=" + old).build();
        HttpClient thief = HttpClient.newHttpClient();
        assertThat(thief.send(stolen, HttpResponse.BodyHandlers.ofString()).body())
                .contains("\"session\":false");
        assertThat(get(two, "/probe/alive")).contains("\"session\":true");
    }

    @Test
    void storesInTheDefaultRepositoryAndIsHealthy() throws Exception {
        assertThat(one.getBean(SessionRepository.class)).isInstanceOf(RedisSessionRepository.class);
        assertThat(get(one, "/health")).isEqualTo("up\n");
        assertThat(get(one, "/")).contains("<title>Shop</title>");
    }

    private static ConfigurableApplicationContext node(String name, int redisPort) {
        return new SpringApplicationBuilder(ShopApplication.class)
                .run(
                        "--server.port=0",
                        "--shop.node=" + name,
                        "--server.tomcat.basedir=target/tomcat",
                        "--spring.data.redis.port=" + redisPort,
                        "--logging.level.root=warn");
    }

    private String get(ConfigurableApplicationContext node, String path) throws Exception {
        return send(request(node, path).GET());
    }

    private String post(ConfigurableApplicationContext node, String path) throws Exception {
        return send(request(node, path).POST(HttpRequest.BodyPublishers.noBody()));
    }

    private String send(HttpRequest.Builder request) throws Exception {
        HttpResponse<String> response = browser.send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
        return response.body();
    }

    private static HttpRequest.Builder request(ConfigurableApplicationContext node, String path) {
        String port = Objects.requireNonNull(node.getEnvironment().getProperty("local.server.port"));
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("X-Midwrite-Request", "00000000000000aa");
    }

    private String cookie() {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals("SESSION"))
                .findFirst()
                .orElseThrow()
                .getValue();
    }

    private static String cart(String user, String items) {
        return "{\"user\":\"" + user + "\",\"items\":[" + items + "]}";
    }
}
