package dev.midwrite.controller.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResultFileTest {
    @TempDir
    private Path directory;

    private List<RequestResult> read(String text) throws IOException, UnreadableResultsException {
        return ResultFile.read(Files.writeString(directory.resolve("results"), text));
    }

    @Test
    void jmeterDecidesByItselfWhatWasASuccess() throws Exception {
        assertThat(read("""
                timeStamp,elapsed,label,responseCode,responseMessage,threadName,success
                1700000000100,12,home,200,OK,a 1-1,true
                1700000000200,15,home,200,"assertion, failed",a 1-1,false
                1700000000300,9,home,503,no,a 1-1,false
                1700000000400,2,home,Non HTTP response code: java.net.ConnectException,no,a 1-1,false
                """))
                .containsExactly(
                        new RequestResult(1_700_000_000_100d, ""),
                        new RequestResult(1_700_000_000_200d, "status 200"),
                        new RequestResult(1_700_000_000_300d, "status 503"),
                        new RequestResult(1_700_000_000_400d, "java.net.ConnectException"));
    }

    @Test
    void k6StampsARequestWhenItHasEnded() throws Exception {
        assertThat(read("""
                {"type":"Metric","data":{"name":"http_req_duration","type":"trend"},"metric":"http_req_duration"}
                {"metric":"http_reqs","type":"Point","data":{"time":"2026-11-28T10:00:00.5Z","value":1}}
                {"metric":"http_req_duration","type":"Point","data":{"time":"2026-11-28T12:00:01+02:00","value":250,"tags":{"status":"200"}}}
                {"metric":"http_req_duration","type":"Point","data":{"time":"2026-11-28T10:00:02Z","value":0,"tags":{"status":"0"}}}
                """))
                .containsExactly(
                        new RequestResult(1_795_860_000_750d, ""), new RequestResult(1_795_860_002_000d, "no answer"));
    }

    @Test
    void aBrowserNotesWhatItWasAnswered() throws Exception {
        assertThat(read("""
                {"log": {"version": "1.2", "entries": [
                  {"startedDateTime": "2026-11-28T10:00:00.000Z", "time": 5, "response": {"status": 302}},
                  {"startedDateTime": "2026-11-28T10:00:01.000Z", "time": 5, "response": {"status": 500}}]}}
                """)).extracting(RequestResult::failure).containsExactly("", "status 500");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        `<?xml version="1.0"?><testResults/>`                  | is XML; let JMeter write CSV (jmeter.save.saveservice.output_format=csv).
        `hello`                                                 | is neither JMeter's CSV with its header, nor k6's JSON lines, nor a HAR file.
        ``                                                      | is neither JMeter's CSV
        `{"log": {}}`                                           | is no HAR file: it has no log.entries.
        `{"log": {"entries": []}}`                              | holds no request.
        `{"log": {"entries": [{`                                | is damaged:
        `{"log": {"entries": [{"startedDateTime": "today"}]}}`  | is damaged: Text 'today' could not be parsed
        `timeStamp,elapsed\n17,1`                               | , line 2: JMeter must save the columns timeStamp and success.
        `timeStamp,success\nx,true`                             | , line 2, is damaged:
        """)
    void whatCannotBeReadIsOneSentence(String text, String sentence) {
        assertThatThrownBy(() -> read(text.replace("\\n", "\n")))
                .isInstanceOf(UnreadableResultsException.class)
                .hasMessageContaining(sentence)
                .hasMessageStartingWith(directory.resolve("results").toString());
    }

    @Test
    void aFileThatIsNotThere() {
        assertThatThrownBy(() -> ResultFile.read(directory.resolve("none")))
                .hasMessage("There is no file " + directory.resolve("none") + ".");
    }
}
