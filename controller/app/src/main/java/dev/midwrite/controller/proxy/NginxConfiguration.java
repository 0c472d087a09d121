package dev.midwrite.controller.proxy;

import dev.midwrite.controller.plan.UsersSpec.Routing;
import dev.midwrite.controller.users.Entrance;
import dev.midwrite.controller.users.Router.Target;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What nginx reads: it listens on loopback, keeps everything below the directory it is started in, asks exactly the nodes that are
 * in rotation, and never asks a second one.
 *
 * @param port where it listens
 * @param user whom its worker runs as; empty if that is who starts it, as it is for all but root
 * @param nodes in rotation
 */
record NginxConfiguration(int port, String user, Routing routing, List<Target> nodes) {
    static final String FILE = "nginx.conf";
    static final String ERRORS = "error.log";

    private static final String COOKIE = "midwrite_node";

    /** As it stands in the file. */
    String text() {
        return (user.isEmpty() ? "" : "user " + user + ";\n")
                + """
                daemon off;
                worker_processes 1;
                worker_rlimit_nofile 8192;
                pid nginx.pid;
                # "gracefully shutting down", which says that a worker takes no requests any more, is a notice.
                error_log %s notice;

                events {
                    worker_connections 4096;
                }

                http {
                    log_format attempts '$msec $http_x_midwrite_request $upstream_addr $upstream_status $status $request_time';
                    access_log access.log attempts;
                    client_body_temp_path client;
                    proxy_temp_path proxy;
                    fastcgi_temp_path fastcgi;
                    uwsgi_temp_path uwsgi;
                    scgi_temp_path scgi;
                    client_max_body_size 0;
                    # On a reload nginx closes what is idle, and with it a request that has just been sent there.
                    keepalive_timeout 0;

                """.formatted(ERRORS)
                + upstreams()
                + """

                    server {
                        listen 127.0.0.1:%d;
                        location / {
                %s
                        }
                    }
                }
                """.formatted(
                                port,
                                (nodes.isEmpty() ? "return 503;" : location())
                                        .indent(12)
                                        .stripTrailing());
    }

    private String location() {
        return """
                proxy_pass http://%s;
                proxy_http_version 1.1;
                proxy_set_header Host $http_host;
                proxy_set_header Connection "";
                proxy_next_upstream off;
                proxy_hide_header %s;
                add_header %s $served_by always;
                """.formatted(sticky() ? "$chosen" : "all", Entrance.SERVED_BY, Entrance.SERVED_BY)
                + (sticky() ? "add_header Set-Cookie $keeps;\n" : "");
    }

    private boolean sticky() {
        return routing == Routing.STICKY;
    }

    private String upstreams() {
        if (nodes.isEmpty()) {
            return "    # No node is in rotation.\n";
        }
        StringBuilder text = new StringBuilder(upstream("all", nodes));
        if (sticky()) {
            nodes.forEach(node -> text.append(upstream(only(node), List.of(node))));
            text.append(map(
                    "$cookie_" + COOKIE,
                    "$chosen",
                    "all",
                    nodes.stream()
                            .map(node -> quoted(node.name()) + " " + only(node) + ";")
                            .collect(Collectors.joining("\n"))));
            text.append(map("$served_by", "$keeps", "\"" + COOKIE + "=$served_by; Path=/; HttpOnly\"", "\"\" \"\";"));
        }
        // Of an error of its own nginx says whom it asked, or several, or the name of an upstream if it found none.
        text.append(map(
                "$upstream_addr",
                "$served_by",
                "\"\"",
                nodes.stream()
                        .map(node -> quoted(address(node)) + " " + quoted(node.name()) + ";")
                        .collect(Collectors.joining("\n"))));
        return text.toString().indent(4);
    }

    private static String upstream(String name, List<Target> servers) {
        // max_fails=0: who is in rotation the runner says, as health checks would.
        return "upstream " + name + " {\n"
                + servers.stream()
                        .map(node -> "    server " + address(node) + " max_fails=0;\n")
                        .collect(Collectors.joining())
                // Tomcat closes what is idle for 20 s.
                + "    keepalive 32;\n    keepalive_timeout 10s;\n}\n";
    }

    private static String map(String from, String to, String otherwise, String lines) {
        return "map " + from + " " + to + " {\n    default " + otherwise + ";\n" + lines.indent(4) + "}\n";
    }

    /** Of the upstream with this node alone. */
    private static String only(Target node) {
        return "only_" + node.number();
    }

    private static String quoted(String word) {
        return "\"" + word + "\"";
    }

    private static String address(Target node) {
        return node.address().getHost() + ":" + node.address().getPort();
    }
}
