package dev.midwrite.agent.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.agent.point.Catalogue;
import dev.midwrite.agent.point.Library;
import dev.midwrite.agent.point.Point;
import dev.midwrite.agent.point.PointReport;
import dev.midwrite.agent.weave.TestWeaver;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The oldest and the newest release of each library, as they were published: everything that a point's advice needs is in
 * both. The build lays the jars into {@code target/libraries}; which releases they are stands in the root's pom.xml.
 */
class SupportTest {
    private static final Path JARS = Path.of("target", "libraries");
    private static final Path PAGE = Path.of("..", "..", "docs", "support.md");
    private static final String TABLE = "| library | artifact | release | points woven |";

    /**
     * What is opened.
     *
     * @param line which of its releases, as a regular expression: an artifact's points may lie elsewhere from some release on
     * @param packages of the artifact: the tests' own release of it must not stand in for what a jar lacks
     * @param carriers classes that carry points for what they extend
     */
    private record Artifact(String library, String name, String line, List<String> packages, List<String> carriers) {

        Artifact(String library, String name, List<String> packages, List<String> carriers) {
            this(library, name, ".*", packages, carriers);
        }
    }

    private static final List<Artifact> ARTIFACTS = List.of(
            new Artifact(
                    "spring",
                    "spring-session-core",
                    List.of("org.springframework.session."),
                    List.of(
                            "org.springframework.session.MapSessionRepository",
                            "org.springframework.session.ReactiveMapSessionRepository",
                            "org.springframework.session.MapSession")),
            new Artifact("springcontext", "spring-context", List.of("org.springframework.context."), List.of()),
            new Artifact("springcontext", "spring-beans", List.of("org.springframework.beans."), List.of()),
            new Artifact("lettuce", "lettuce-core", List.of("io.lettuce."), List.of()),
            new Artifact("jedis", "jedis", List.of("redis.clients."), List.of()),
            new Artifact(
                    "redisson",
                    "redisson",
                    List.of("org.redisson.client.", "org.redisson.command.", "org.redisson.connection."),
                    List.of()),
            new Artifact("redisson", "redisson-tomcat-9", List.of("org.redisson.tomcat."), List.of()),
            new Artifact("redisson", "redisson-tomcat-10", List.of("org.redisson.tomcat."), List.of()),
            new Artifact(
                    "jdbc",
                    "h2",
                    List.of("org.h2."),
                    List.of(
                            "org.h2.jdbc.JdbcPreparedStatement",
                            "org.h2.jdbc.JdbcStatement",
                            "org.h2.jdbc.JdbcConnection")),
            new Artifact(
                    "jdbc",
                    "postgresql",
                    List.of("org.postgresql."),
                    List.of(
                            "org.postgresql.jdbc.PgPreparedStatement",
                            "org.postgresql.jdbc.PgStatement",
                            "org.postgresql.jdbc.PgConnection")),
            new Artifact(
                    "tomcat",
                    "tomcat-embed-core",
                    List.of("org.apache.catalina.", "org.apache.coyote.", "org.apache.tomcat."),
                    List.of(
                            "org.apache.catalina.session.ManagerBase",
                            "org.apache.catalina.session.StandardSession",
                            "org.apache.catalina.session.FileStore")),
            new Artifact("tribes", "tomcat-tribes", List.of("org.apache.catalina.tribes."), List.of()),
            new Artifact("tribes", "tomcat-catalina-ha", List.of("org.apache.catalina.ha."), List.of()),
            // Until Jetty 11 sessions are a part of the server.
            new Artifact(
                    "jetty",
                    "jetty-server",
                    "(9|1[01])\\..*",
                    List.of("org.eclipse.jetty.server."),
                    List.of("org.eclipse.jetty.server.session.FileSessionDataStore")),
            new Artifact("jetty", "jetty-server", "1[2-9]\\..*", List.of("org.eclipse.jetty.server."), List.of()),
            new Artifact(
                    "jetty",
                    "jetty-session",
                    List.of("org.eclipse.jetty.session."),
                    List.of("org.eclipse.jetty.session.FileSessionDataStore")),
            new Artifact("undertow", "undertow-core", List.of("io.undertow."), List.of()),
            new Artifact("hazelcast", "hazelcast", List.of("com.hazelcast."), List.of()),
            new Artifact(
                    "infinispan",
                    "infinispan-core",
                    List.of(
                            "org.infinispan.commands.",
                            "org.infinispan.context.",
                            "org.infinispan.interceptors.",
                            "org.infinispan.remoting."),
                    List.of()),
            new Artifact("memcached", "spymemcached", List.of("net.spy."), List.of()),
            new Artifact("memcached", "memcached-session-manager", List.of("de.javakaffee."), List.of()));

    /** One release of an artifact. */
    record Release(Artifact artifact, Path jar) {
        String version() {
            String name = jar.getFileName().toString();
            return name.substring(artifact.name().length() + 1, name.length() - ".jar".length());
        }

        @Override
        public String toString() {
            return artifact.name() + " " + version();
        }
    }

    static List<Release> releases() throws IOException {
        List<Release> all = new ArrayList<>();
        for (Artifact artifact : ARTIFACTS) {
            try (Stream<Path> jars = Files.list(JARS)) {
                jars.filter(jar -> jar.getFileName().toString().matches(artifact.name() + "-[0-9].*\\.jar"))
                        .map(jar -> new Release(artifact, jar))
                        .filter(release -> release.version().matches(artifact.line()))
                        .sorted((a, b) -> compare(a.version(), b.version()))
                        .forEach(all::add);
            }
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("releases")
    void hasWhatEveryPointNeeds(Release release) throws Exception {
        assertThat(lacks(release)).isEmpty();
    }

    @Test
    void oldestAndNewestOfEachAreThere() throws IOException {
        assertThat(releases().stream().collect(Collectors.groupingBy(Release::artifact)))
                .hasSize(ARTIFACTS.size())
                .allSatisfy((artifact, jars) -> assertThat(jars).hasSizeGreaterThanOrEqualTo(2));
    }

    @Test
    void thePageSaysWhatIsTriedHere() throws Exception {
        List<String> rows = new ArrayList<>();
        for (Release release : releases()) {
            List<String> lacking = lacks(release);
            rows.add("| " + release.artifact().library() + " | `"
                    + release.artifact().name() + "` | " + release.version() + " | "
                    + (lacking.isEmpty() ? "all" : "all but " + String.join("; ", lacking)) + " |");
        }
        String page = Files.readString(PAGE);
        assertThat(page.lines().dropWhile(line -> !line.equals(TABLE)).skip(2).takeWhile(line -> line.startsWith("|")))
                .as("the table below \"" + TABLE + "\" in docs/support.md")
                .containsExactlyElementsOf(rows);
    }

    /** A library's points may stand in more than one file. */
    private static List<Library> libraries(Release release) {
        return Libraries.all().stream()
                .filter(each -> each.name().equals(release.artifact().library()))
                .toList();
    }

    /** Points that are not woven, with the reason. */
    private static List<String> lacks(Release release) throws Exception {
        Catalogue catalogue = new Catalogue(Libraries.all());
        TestWeaver weaver = new TestWeaver(catalogue);
        try (Opened loader = new Opened(release)) {
            for (String carrier : carriers(release)) {
                String path = carrier.replace('.', '/');
                try (InputStream code = loader.getResourceAsStream(path + ".class")) {
                    if (code != null) {
                        weaver.weave(loader, path, code.readAllBytes());
                    }
                }
            }
        }
        TreeMap<String, String> lacking = new TreeMap<>();
        for (PointReport report : weaver.reports()) {
            if (report.state() != PointReport.State.WOVEN && liesIn(report.point(), release)) {
                lacking.put(report.point().name(), report.reason().isEmpty() ? "no such method" : report.reason());
            }
        }
        return lacking.entrySet().stream()
                .map(each -> each.getKey() + " " + each.getValue())
                .toList();
    }

    /** Points of one library may lie in several artifacts. */
    private static boolean liesIn(Point point, Release release) {
        List<String> packages = release.artifact().packages();
        return point.library().name().equals(release.artifact().library())
                && point.places().stream()
                        .anyMatch(place -> place.isSuper()
                                ? !release.artifact().carriers().isEmpty()
                                : place.types().stream()
                                        .anyMatch(type -> packages.stream().anyMatch(type::startsWith)));
    }

    private static Set<String> carriers(Release release) {
        Set<String> names = new TreeSet<>(release.artifact().carriers());
        libraries(release).stream()
                .flatMap(library -> library.points().stream())
                .flatMap(point -> point.places().stream())
                .filter(place -> !place.isSuper())
                .forEach(place -> names.addAll(place.types()));
        return names;
    }

    private static int compare(String one, String other) {
        return java.util.Arrays.compare(numbers(one), numbers(other));
    }

    private static int[] numbers(String version) {
        return Stream.of(version.split("[^0-9]+"))
                .filter(part -> !part.isEmpty())
                .mapToInt(Integer::parseInt)
                .toArray();
    }

    /** A jar beside what it depends on, which is the tests' own. */
    private static final class Opened extends URLClassLoader {
        private final List<String> packages;

        Opened(Release release) throws IOException {
            super(new URL[] {release.jar().toUri().toURL()}, SupportTest.class.getClassLoader());
            packages = release.artifact().packages().stream()
                    .map(name -> name.replace('.', '/'))
                    .toList();
        }

        @Override
        public URL getResource(String name) {
            return packages.stream().anyMatch(name::startsWith) ? findResource(name) : super.getResource(name);
        }
    }
}
