package dev.midwrite.controller.survey;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an executable jar or war says of itself without being run.
 *
 * @param boot release of Spring Boot that it carries, or of the plugin that packed it; empty if there is none
 * @param libraries releases by name of those that it carries
 */
public record ServiceJar(String boot, Map<String, String> libraries) {
    static final ServiceJar UNKNOWN = new ServiceJar("", Map.of());

    private static final Pattern LIBRARY =
            Pattern.compile("(?:BOOT-INF|WEB-INF)/lib/(?<name>.+?)-(?<version>[0-9][^/]*)\\.jar");

    /** The one behind {@code -jar}; {@link #UNKNOWN} if there is none, or it cannot be read. */
    static ServiceJar of(List<String> words, Path directory) {
        int at = words.indexOf("-jar");
        if (at < 0 || at + 1 >= words.size()) {
            return UNKNOWN;
        }
        Path file = directory.resolve(words.get(at + 1));
        if (!Files.isRegularFile(file)) {
            return UNKNOWN;
        }
        try (JarFile jar = new JarFile(file.toFile())) {
            Map<String, String> libraries = new TreeMap<>();
            jar.stream()
                    .map(entry -> LIBRARY.matcher(entry.getName()))
                    .filter(Matcher::matches)
                    .forEach(library -> libraries.put(library.group("name"), library.group("version")));
            String boot = Optional.ofNullable(jar.getManifest())
                    .map(Manifest::getMainAttributes)
                    .map(attributes -> attributes.getValue(new Attributes.Name("Spring-Boot-Version")))
                    .orElse("");
            // The manifest tells which plugin packed the jar, which may be of another release.
            return new ServiceJar(libraries.getOrDefault("spring-boot", boot), libraries);
        } catch (IOException e) {
            // The JVM will say what is wrong with it.
            return UNKNOWN;
        }
    }

    boolean has(String library) {
        return libraries.containsKey(library);
    }

    /** With its release if that is known, such as {@code Lettuce 6.6.0}. */
    String named(String word, String library) {
        return has(library) ? word + " " + libraries.get(library) : word;
    }

    /** Whether the names of Spring Boot 2 are to be used, too; both are if nothing is known. */
    boolean maybeBoot2() {
        return boot.isEmpty() || boot.startsWith("2.") || boot.startsWith("1.");
    }

    /** Whether the names of Spring Boot 3 and later are to be used. */
    boolean maybeBoot3() {
        return boot.isEmpty() || !maybeBoot2();
    }
}
