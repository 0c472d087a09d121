package dev.midwrite.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What lies in the shipped jar, and what must not. */
class AgentJarIT {
    private static final long MOST_BYTES = 15_000_000;

    private static JarFile jar;
    private static List<String> entries;

    @BeforeAll
    static void open() throws IOException {
        jar = new JarFile(HostJvm.agentJar().toFile());
        entries = jar.stream()
                .filter(entry -> !entry.isDirectory())
                .map(Object::toString)
                .toList();
    }

    @AfterAll
    static void close() throws IOException {
        jar.close();
    }

    @Test
    void theRootShowsTheHostNothingButThePremain() {
        assertThat(entries)
                .filteredOn(name -> !name.startsWith("inst/"))
                .containsExactlyInAnyOrder(
                        "META-INF/MANIFEST.MF",
                        "dev/midwrite/agent/premain/AgentClassLoader.class",
                        "dev/midwrite/agent/premain/JarUrl.class",
                        "dev/midwrite/agent/premain/JarUrl$1.class",
                        "dev/midwrite/agent/premain/Premain.class",
                        "dev/midwrite/agent/premain/package-info.class");
    }

    @Test
    void theManifestNamesThePremain() throws IOException {
        Attributes manifest = jar.getManifest().getMainAttributes();
        assertThat(manifest.getValue("Premain-Class")).isEqualTo("dev.midwrite.agent.premain.Premain");
        assertThat(manifest.getValue("Agent-Class")).isEqualTo("dev.midwrite.agent.premain.Premain");
        assertThat(manifest.getValue("Can-Retransform-Classes")).isEqualTo("true");
    }

    @Test
    void theInnerPartHoldsNoClassThatAnotherLoaderWouldTake() {
        assertThat(entries).filteredOn(name -> name.startsWith("inst/")).noneMatch(name -> name.endsWith(".class"));
        assertThat(entries).noneMatch(name -> name.startsWith("inst/META-INF/versions/"));
        assertThat(entries).doesNotHaveDuplicates();
    }

    @Test
    void itStaysSmall() {
        assertThat(HostJvm.agentJar())
                .satisfies(file -> assertThat(Files.size(file)).isLessThan(MOST_BYTES));
    }

    @Test
    void theGateHasMovedToJavaLang() {
        assertThat(entries)
                .contains("inst/java/lang/MidwriteGate.classdata")
                .doesNotContain("inst/dev/midwrite/agent/gate/Gate.classdata")
                .filteredOn(name -> name.startsWith("inst/java/"))
                .hasSize(1);
    }

    @Test
    void nobodyInsideWakesTheJdksLogging() throws IOException {
        for (String name : entries) {
            if (name.endsWith(".classdata")) {
                byte[] bytes = jar.getInputStream(jar.getJarEntry(name)).readAllBytes();
                assertThat(new String(bytes, StandardCharsets.ISO_8859_1))
                        .as(name)
                        .doesNotContain("java/util/logging/Logger;");
            }
        }
    }

    @Test
    void nothingCallsHomeAndNoNativeLibraryIsCarried() {
        assertThat(entries)
                .noneMatch(name -> name.startsWith("inst/net/openhft/chronicle/analytics/"))
                .noneMatch(name -> name.startsWith("inst/com/sun/jna"))
                .noneMatch(name -> name.startsWith("inst/jnr"))
                .noneMatch(name -> name.endsWith(".so") || name.endsWith(".dll") || name.endsWith(".dylib"))
                .noneMatch(name -> name.startsWith("inst/org/springframework"))
                .noneMatch(name -> name.startsWith("inst/io/lettuce"))
                .noneMatch(name -> name.startsWith("inst/org/apache/"));
    }

    @Test
    void itsSystemPropertiesAreItsOwnAndEmpty() throws IOException {
        String text = new String(
                jar.getInputStream(jar.getJarEntry("inst/system.properties")).readAllBytes(), StandardCharsets.UTF_8);
        assertThat(text.lines()).allMatch(line -> line.isBlank() || line.startsWith("#"));
    }
}
