package dev.midwrite.controller.load;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads what JMeter (JTL as CSV with a header), k6 ({@code --out json}) and browsers (HAR) write of their requests. Which of
 * these a file is, its beginning says.
 */
public final class ResultFile {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DURATION = "http_req_duration";

    private final Path file;
    private final List<RequestResult> results = new ArrayList<>();
    private int line;

    private ResultFile(Path file) {
        this.file = file;
    }

    /**
     * All requests of the file, in its order; at least one.
     *
     * @throws UnreadableResultsException if it cannot be read, is none of these, or holds no request
     */
    public static List<RequestResult> read(Path file) throws UnreadableResultsException {
        return new ResultFile(file).read();
    }

    private List<RequestResult> read() throws UnreadableResultsException {
        try {
            String first = firstLine();
            if (first.startsWith("<")) {
                throw new UnreadableResultsException(
                        file + " is XML; let JMeter write CSV (jmeter.save.saveservice.output_format=csv).");
            } else if (first.contains("timeStamp") && !first.startsWith("{")) {
                jmeter();
            } else if (first.startsWith("{\"") && first.contains("\"metric\"")) {
                k6();
            } else if (first.startsWith("{")) {
                browser();
            } else {
                throw new UnreadableResultsException(
                        file + " is neither JMeter's CSV with its header, nor k6's JSON lines, nor a HAR file.");
            }
        } catch (NoSuchFileException e) {
            throw new UnreadableResultsException("There is no file " + file + ".");
        } catch (CharacterCodingException e) {
            throw new UnreadableResultsException(file + " is not text in UTF-8.");
        } catch (JacksonException e) {
            throw broken(e.getOriginalMessage());
        } catch (NumberFormatException | DateTimeException e) {
            throw broken(e.getMessage());
        } catch (IOException e) {
            throw new UnreadableResultsException(file + " cannot be read: " + e.getMessage() + ".");
        }
        if (results.isEmpty()) {
            throw new UnreadableResultsException(file + " holds no request.");
        }
        return List.copyOf(results);
    }

    private UnreadableResultsException broken(String why) {
        return new UnreadableResultsException(file + (line > 0 ? ", line " + line : "") + ", is damaged: " + why + ".");
    }

    private String firstLine() throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            String first = reader.readLine();
            return first == null ? "" : first.strip();
        }
    }

    /** A sampler decides by itself what is a success: an assertion may fail where the status is 200. */
    private void jmeter() throws IOException, UnreadableResultsException {
        try (BufferedReader reader = Files.newBufferedReader(file);
                MappingIterator<Map<String, String>> rows = new CsvMapper()
                        .readerFor(Map.class)
                        .with(CsvParser.Feature.SKIP_EMPTY_LINES)
                        .with(CsvSchema.emptySchema().withHeader())
                        .readValues(reader)) {
            line = 1;
            while (rows.hasNextValue()) {
                line++;
                Map<String, String> row = rows.nextValue();
                String success = row.get("success");
                if (success == null || row.get("timeStamp") == null) {
                    throw new UnreadableResultsException(
                            file + ", line " + line + ": JMeter must save the columns timeStamp and success.");
                }
                double start = Long.parseLong(row.get("timeStamp"));
                results.add(new RequestResult(start, success.equals("true") ? "" : code(row.get("responseCode"))));
            }
        }
    }

    /** JMeter writes a status, or the exception that came in its place. */
    private static String code(String code) {
        if (code == null || code.isBlank()) {
            return "failed";
        }
        return code.matches("\\d+") ? "status " + code : code.replaceFirst("^Non HTTP response code: ", "");
    }

    /** A point is stamped when its request has ended. */
    private void k6() throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            for (String text = reader.readLine(); text != null; text = reader.readLine()) {
                line++;
                if (!text.contains(DURATION)) {
                    continue;
                }
                JsonNode point = JSON.readTree(text);
                if (point.path("metric").asText().equals(DURATION)
                        && point.path("type").asText().equals("Point")) {
                    JsonNode data = point.path("data");
                    double end = millis(data.path("time").asText());
                    int status = data.path("tags").path("status").asInt();
                    results.add(RequestResult.of(end - data.path("value").asDouble(), status));
                }
            }
        }
    }

    private void browser() throws IOException, UnreadableResultsException {
        JsonNode entries = JSON.readTree(file.toFile()).path("log").path("entries");
        if (!entries.isArray()) {
            throw new UnreadableResultsException(file + " is no HAR file: it has no log.entries.");
        }
        for (JsonNode entry : entries) {
            results.add(RequestResult.of(
                    millis(entry.path("startedDateTime").asText()),
                    entry.path("response").path("status").asInt()));
        }
    }

    private static double millis(String instant) {
        return OffsetDateTime.parse(instant).toInstant().toEpochMilli();
    }
}
