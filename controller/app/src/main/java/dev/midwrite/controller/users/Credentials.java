package dev.midwrite.controller.users;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.midwrite.controller.Problem;
import dev.midwrite.controller.plan.CredentialSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Names and passwords of all users, by the names that the flow uses. Shown by nobody. Immutable. */
public final class Credentials {
    /** What stands where one would. */
    private static final String HIDDEN = "(hidden)";
    /** A shorter one stands in ordinary words. */
    private static final int SHORT = 3;

    public static final Credentials NONE = new Credentials(List.of(Map.of()));

    private final List<Map<String, String>> rows;

    private Credentials(List<Map<String, String>> rows) {
        this.rows = rows;
    }

    /**
     * Reads them.
     *
     * @param directory of the drill
     * @param environment such as {@code System::getenv}
     * @throws Problem if they are not there
     */
    public static Credentials read(CredentialSource source, Path directory, UnaryOperator<String> environment) {
        if (source.isNone()) {
            return NONE;
        }
        return source.csv().isEmpty()
                ? new Credentials(List.of(variables(source, environment)))
                : new Credentials(file(directory.resolve(source.csv())));
    }

    private static Map<String, String> variables(CredentialSource source, UnaryOperator<String> environment) {
        Map<String, String> row = new LinkedHashMap<>();
        source.environment().forEach((name, variable) -> {
            String value = environment.apply(variable);
            if (value == null) {
                throw new Problem(
                        "The drill's users need the environment variable " + variable + ", which is not set.");
            }
            row.put(name, value);
        });
        return row;
    }

    private static List<Map<String, String>> file(Path file) {
        if (!Files.isReadable(file)) {
            throw new Problem("The file of credentials " + file + " is not there, or cannot be read.");
        }
        CsvSchema header = CsvSchema.emptySchema().withHeader();
        try (MappingIterator<Map<String, String>> rows = new CsvMapper()
                .enable(CsvParser.Feature.TRIM_SPACES)
                .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
                .readerForMapOf(String.class)
                .with(header)
                .readValues(file.toFile())) {
            List<Map<String, String>> all = rows.readAll();
            if (all.isEmpty()) {
                throw new Problem(
                        "The file of credentials " + file + " has no line below its first, which names the columns.");
            }
            return List.copyOf(all);
        } catch (IOException e) {
            // A parser's message may quote the line.
            throw new Problem("The file of credentials " + file + " cannot be read as CSV.");
        }
    }

    /** How many users have some of their own. */
    public int rows() {
        return rows.size();
    }

    /** Of one user; the file begins anew when it is used up. */
    public Map<String, String> of(int number) {
        return rows.get(Math.floorMod(number - 1, rows.size()));
    }

    /** The text without any of them. */
    public String hide(String text) {
        String hidden = text;
        for (String value : rows.stream()
                .flatMap(row -> row.values().stream())
                .filter(value -> value != null && value.length() > SHORT)
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList()) {
            hidden = hidden.replace(value, HIDDEN);
        }
        return hidden;
    }
}
