package dev.midwrite.controller.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.controller.plan.UsersSpec.Routing;
import dev.midwrite.controller.users.Router.Target;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class NginxConfigurationTest {
    private static final Target ONE = new Target(1, "node-1", URI.create("http://127.0.0.1:8081"));
    private static final Target TWO = new Target(2, "node-2", URI.create("http://127.0.0.1:8082"));

    private static String text(Routing routing, Target... nodes) {
        return new NginxConfiguration(8080, "", routing, List.of(nodes)).text();
    }

    /** Of a text in braces after these words, without white space at either end of a line. */
    private static List<String> block(String text, String words) {
        String from = text.substring(text.indexOf(words + " {") + words.length() + 2);
        return from.substring(0, from.indexOf('}'))
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }

    @Test
    void roundRobinAsksAllInRotationInTurnAndNobodyTwice() {
        String text = text(Routing.ROUND_ROBIN, ONE, TWO);

        assertThat(block(text, "upstream all"))
                .containsExactly(
                        "server 127.0.0.1:8081 max_fails=0;",
                        "server 127.0.0.1:8082 max_fails=0;",
                        "keepalive 32;",
                        "keepalive_timeout 10s;");
        assertThat(block(text, "location /"))
                .contains(
                        "proxy_pass http://all;",
                        "proxy_next_upstream off;",
                        "proxy_http_version 1.1;",
                        "proxy_set_header Connection \"\";")
                .noneMatch(line -> line.contains("Set-Cookie"));
        assertThat(text).contains("listen 127.0.0.1:8080;").doesNotContain("only_");
    }

    /** An address that is none of these, several, or the name of an upstream is nobody's. */
    @Test
    void whoAnsweredIsOneNodeOrNobody() {
        String text = text(Routing.ROUND_ROBIN, ONE, TWO);

        assertThat(block(text, "map $upstream_addr $served_by"))
                .containsExactly("default \"\";", "\"127.0.0.1:8081\" \"node-1\";", "\"127.0.0.1:8082\" \"node-2\";");
        assertThat(block(text, "location /"))
                .as("of errors of its own, too, and never what an application says")
                .contains(
                        "proxy_hide_header X-Midwrite-Served-By;",
                        "add_header X-Midwrite-Served-By $served_by always;");
    }

    @Test
    void stickyKeepsANodeByACookieWhileItIsInRotation() {
        assertThat(block(text(Routing.STICKY, ONE, TWO), "map $cookie_midwrite_node $chosen"))
                .containsExactly("default all;", "\"node-1\" only_1;", "\"node-2\" only_2;");
        String without = text(Routing.STICKY, TWO);
        assertThat(block(without, "map $cookie_midwrite_node $chosen"))
                .containsExactly("default all;", "\"node-2\" only_2;");
        assertThat(block(without, "upstream only_2")).contains("server 127.0.0.1:8082 max_fails=0;");
        assertThat(block(without, "location /"))
                .contains("proxy_pass http://$chosen;", "add_header Set-Cookie $keeps;");
        assertThat(without).doesNotContain("8081");
    }

    @Test
    void withoutANodeItSaysSoItself() {
        assertThat(block(text(Routing.STICKY), "location /")).containsExactly("return 503;");
    }

    @Test
    void everythingLiesWhereItIsStarted() {
        assertThat(text(Routing.STICKY, ONE))
                .startsWith("daemon off;")
                .contains("pid nginx.pid;", "error_log error.log notice;", "access_log access.log attempts;")
                .doesNotContain("/var/", "/tmp", "user ");
        assertThat(new NginxConfiguration(8080, "root", Routing.STICKY, List.of(ONE)).text())
                .startsWith("user root;\n");
    }
}
