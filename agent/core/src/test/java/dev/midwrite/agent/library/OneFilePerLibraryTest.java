package dev.midwrite.agent.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.agent.point.Catalogue;
import dev.midwrite.agent.point.Library;
import dev.midwrite.agent.point.Place;
import dev.midwrite.agent.point.Point;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The promise: what the agent knows of a library stands in that library's file, and its name in the list of libraries. */
class OneFilePerLibraryTest {
    private static final Path SOURCES = Path.of("src", "main", "java");

    @Test
    void noOtherFileNamesALibrarysClassesOrPoints() throws IOException {
        List<String> found = new ArrayList<>();
        for (Library library : Libraries.all()) {
            for (Path file : files()) {
                if (file.endsWith(library.getClass().getSimpleName() + ".java")) {
                    continue;
                }
                String text = Files.readString(file);
                for (String name : names(library)) {
                    // The servlet API has types whose names begin with another's.
                    if (Pattern.compile(Pattern.quote(name) + "(?![A-Za-z])")
                            .matcher(text)
                            .find()) {
                        found.add(file + " names " + name);
                    }
                }
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void onlyTheListNamesALibrary() throws IOException {
        for (Library library : Libraries.all()) {
            String type = library.getClass().getSimpleName();
            Set<String> naming = new TreeSet<>();
            for (Path file : files()) {
                if (Files.readString(file).matches("(?s).*\\b" + type + "\\(\\).*")) {
                    naming.add(file.getFileName().toString());
                }
            }
            assertThat(naming).containsExactlyInAnyOrder(type + ".java", "Libraries.java");
        }
    }

    @Test
    void eachLibraryHasATestOfItsPoints() throws ClassNotFoundException {
        for (Library library : Libraries.all()) {
            assertThat(Class.forName(library.getClass().getName() + "Test")).isAssignableTo(LibraryContract.class);
        }
    }

    @Test
    void eachPointHasANumberOfItsOwnAndItsAdviceExists() {
        Catalogue catalogue = new Catalogue(Libraries.all());
        Set<String> names = new TreeSet<>();
        for (Point point : catalogue.all()) {
            assertThat(catalogue.of(point.number())).isSameAs(point);
            assertThat(names.add(point.name())).as(point.name()).isTrue();
            for (Place place : point.places()) {
                assertThat(resource(place.enter())).as(place.enter()).isNotNull();
                assertThat(resource(place.exit())).as(place.exit()).isNotNull();
            }
        }
    }

    private static java.net.URL resource(String type) {
        return OneFilePerLibraryTest.class.getResource("/" + type.replace('.', '/') + ".class");
    }

    /** Its classes outside of the JDK, with dots and slashes, and its points. */
    private static Set<String> names(Library library) {
        Set<String> names = new TreeSet<>();
        for (Point point : library.points()) {
            names.add('"' + point.name() + '"');
            for (Place place : point.places()) {
                for (String type : place.types()) {
                    names.add(type.startsWith("java.") ? '"' + type + '"' : type);
                    names.add(type.replace('.', '/'));
                }
            }
        }
        return names;
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(SOURCES)) {
            return all.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }
}
