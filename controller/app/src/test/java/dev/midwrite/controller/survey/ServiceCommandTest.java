package dev.midwrite.controller.survey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midwrite.controller.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceCommandTest {
    @TempDir
    Path directory;

    @Test
    void aPortOfItsManagementIsEachNodesOwn() {
        ServiceCommand command = of("java -jar app.jar --management.server.port=9090 -Dmanagement.server.port=9091");
        assertThat(command.words())
                .containsExactly(
                        "java",
                        "{agent}",
                        "-jar",
                        "app.jar",
                        "--management.server.port=0",
                        "-Dmanagement.server.port=0");
        assertThat(command.withManagementAnywhere()).isEqualTo(command);
        assertThat(of("java -jar app.jar").withManagementAnywhere().environment())
                .containsEntry("MANAGEMENT_SERVER_PORT", "0");
    }

    @Test
    void aJavaCommandGetsTheAgentAndNothingElseOfItChanges() {
        ServiceCommand command = of("java -Xmx1g -jar 'my app.jar' --greeting=\"good day\"");

        assertThat(command.words())
                .containsExactly("java", "{agent}", "-Xmx1g", "-jar", "my app.jar", "--greeting=good day");
        assertThat(command.environment())
                .as("of a release that is not known")
                .containsOnlyKeys("SERVER_PORT", "SPRING_DATA_REDIS_URL", "SPRING_REDIS_URL")
                .containsEntry("SERVER_PORT", "{port}");
    }

    @Test
    void anotherProgramHandsTheAgentOnToItsJvm() {
        ServiceCommand command = of("./bin/serve {port}");

        assertThat(command.words()).containsExactly("./bin/serve", "{port}");
        assertThat(command.environment())
                .containsEntry("JAVA_TOOL_OPTIONS", "\"{agent}\"")
                .doesNotContainKey("SERVER_PORT");
    }

    @Test
    void aPortOfItsOwnBecomesThatOfTheNode() {
        assertThat(of("java -Dserver.port=8080 -jar a.jar --server.port=9090").words())
                .containsExactly("java", "{agent}", "-Dserver.port={port}", "-jar", "a.jar", "--server.port={port}");
    }

    @Test
    void theJarSaysWhichNamesItsReleaseReads() throws Exception {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Spring-Boot-Version", "2.7.18");
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(directory.resolve("old.jar")), manifest)) {
            jar.putNextEntry(new ZipEntry("BOOT-INF/lib/spring-session-core-2.7.4.jar"));
            jar.putNextEntry(new ZipEntry("BOOT-INF/lib/lettuce-core-6.1.10.RELEASE.jar"));
        }

        ServiceCommand command = of("java -jar old.jar");

        assertThat(command.environment()).containsOnlyKeys("SERVER_PORT", "SPRING_REDIS_URL");
        assertThat(command.jar().boot()).isEqualTo("2.7.18");
        assertThat(command.jar().named("Lettuce", "lettuce-core")).isEqualTo("Lettuce 6.1.10.RELEASE");
        assertThat(command.jar().named("Jedis", "jedis")).isEqualTo("Jedis");
    }

    @Test
    void aDatabaseOfOurOwnTakesThePlaceOfRedis() {
        assertThat(of("java -jar a.jar").onDatabase().environment())
                .containsEntry("SPRING_DATASOURCE_URL", "{store.url}")
                .doesNotContainKeys("SPRING_REDIS_URL", "SPRING_DATA_REDIS_URL");
    }

    @Test
    void nonsenseIsOneSentence() {
        assertThatThrownBy(() -> of("  ")).isInstanceOf(Problem.class).hasMessageStartingWith("The command is empty;");
        assertThatThrownBy(() -> of("java -jar \"a.jar"))
                .isInstanceOf(Problem.class)
                .hasMessage("The command has a \" without its end: java -jar \"a.jar");
        assertThatThrownBy(() -> ServiceCommand.of(List.of(), directory)).isInstanceOf(Problem.class);
    }

    private ServiceCommand of(String line) {
        return ServiceCommand.of(line, directory);
    }
}
