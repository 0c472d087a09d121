package dev.midwrite.controller.survey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceJarTest {
    @TempDir
    private Path directory;

    private ServiceJar jar(String packedBy, String... libraries) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Spring-Boot-Version", packedBy);
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(directory.resolve("app.jar")), manifest)) {
            for (String library : libraries) {
                out.putNextEntry(new ZipEntry("BOOT-INF/lib/" + library + ".jar"));
            }
        }
        return ServiceJar.of(List.of("java", "-jar", "app.jar"), directory);
    }

    @Test
    void theReleaseIsTheOneThatRunsNotTheOneThatPackedIt() throws IOException {
        ServiceJar jar = jar("4.0.7", "spring-boot-2.7.18", "lettuce-core-6.1.10.RELEASE");

        assertThat(jar.boot()).isEqualTo("2.7.18");
        assertThat(jar.maybeBoot2()).isTrue();
        assertThat(jar.named("Lettuce", "lettuce-core")).isEqualTo("Lettuce 6.1.10.RELEASE");
    }

    @Test
    void withoutTheLibraryTheManifestIsAllThereIs() throws IOException {
        assertThat(jar("3.5.0").boot()).isEqualTo("3.5.0");
    }
}
