package dev.midwrite.agent.it.host;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.redisson.tomcat.RedissonSessionManager;
import org.slf4j.LoggerFactory;

/**
 * Tomcat with sessions that Redisson's manager keeps in Redis; says on which port it listens. A line ends it.
 *
 * <p>Arguments: a directory, Redis' port, and when the manager writes (DEFAULT or AFTER_REQUEST).
 */
public final class RedissonHost {
    private static final java.util.logging.Logger LOG = java.util.logging.Logger.getLogger("org.apache");

    private RedissonHost() {}

    public static void main(String[] args) throws Exception {
        LOG.setLevel(java.util.logging.Level.OFF); // What a test breaks on purpose is nobody's news.
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME))
                .setLevel(Level.OFF); // Its output is the port alone.
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(args[0]);
        tomcat.setHostname("127.0.0.1");
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        Context context = tomcat.addContext("", null);
        Path config = Path.of(args[0], "redisson.yaml");
        Files.writeString(
                config, "singleServerConfig:\n  address: \"redis://127.0.0.1:" + args[1] + "\"\n  database: 2\n");
        RedissonSessionManager manager = new RedissonSessionManager();
        manager.setConfigPath(config.toString());
        manager.setReadMode("REDIS");
        manager.setUpdateMode(args[2]);
        context.setManager(manager);
        Tomcat.addServlet(context, "sessions", new ContainerHost.Sessions());
        context.addServletMappingDecoded("/", "sessions");
        tomcat.start();
        System.out.println(tomcat.getConnector().getLocalPort());
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            lines.readLine();
        }
        tomcat.stop();
        tomcat.destroy();
        System.exit(0);
    }
}
