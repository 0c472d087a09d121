package dev.midwrite.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingTest {
    @Test
    void testsThatBeginTogetherHaveDirectoriesOfTheirOwn(@TempDir Path directory) {
        Setting setting = new Setting(directory.resolve("runs"), Optional.empty(), Path.of("java"), Optional.empty());

        assertThat(IntStream.range(0, 50).parallel().mapToObj(i -> setting.own("Outer$Inner.method")))
                .doesNotHaveDuplicates()
                .hasSize(50)
                .allSatisfy(each -> assertThat(each).isEmptyDirectory())
                .allSatisfy(each -> assertThat(each.getFileName().toString()).contains("-Outer-Inner.method"));
    }
}
