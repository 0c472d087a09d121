package dev.midwrite.controller.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.Property;
import dev.midwrite.controller.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A property that no row names would leave open what it rests on. */
class EvidencePageTest {

    @Test
    void everyPropertyStandsInOneRow() throws IOException {
        List<String> named = Files.readAllLines(Checkout.root().resolve("docs/evidence.md")).stream()
                .filter(line -> line.matches("\\| [a-z].* \\|"))
                .map(line -> line.split("\\|")[1])
                .flatMap(cell -> Arrays.stream(cell.split(",")))
                .map(String::strip)
                .toList();
        assertThat(Property.values())
                .extracting(Property::label)
                .allSatisfy(label -> assertThat(named).containsOnlyOnce(label));
    }
}
