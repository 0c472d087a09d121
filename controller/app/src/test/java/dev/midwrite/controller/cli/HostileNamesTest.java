package dev.midwrite.controller.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.midwrite.controller.history.Bundle;
import dev.midwrite.controller.plan.DrillFile;
import dev.midwrite.controller.run.SyntheticTrial;
import java.io.ByteArrayOutputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** A drill whose name and description are meant to become something else in each thing that shows them. */
class HostileNamesTest {
    /** For pages, XML, terminals and paths. */
    private static final String NAME =
            "</title></script><script>alert(1)</script><img src=x onerror=alert(2)>\" onload=\"alert(3)' ]]>"
                    + "<!-- &lt; \u001b[2J\u001b]0;x\u0007 \u202e /../../../etc/x";

    @TempDir
    private Path directory;

    private Bundle bundle;
    private String printed;

    @BeforeEach
    void judge() throws Exception {
        bundle = new SyntheticTrial(directory, "run", 1).losing().write();
        String quoted = new ObjectMapper().writeValueAsString(NAME).replace("\u202e", "\\u202e");
        String drill = Files.readString(bundle.drill())
                .replace("name: killed", "name: " + quoted + "\ndescription: " + quoted);
        Files.writeString(bundle.drill(), drill);
        Files.writeString(bundle.run(), Files.readString(bundle.run()).replace("\"killed\"", quoted));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (TerminalWriter terminal = new TerminalWriter(out, StandardCharsets.UTF_8)) {
            assertThat(Midwrite.commandLine()
                            .setOut(terminal)
                            .setErr(terminal)
                            .execute("check", "--explain", bundle.directory().toString()))
                    .isEqualTo(1);
        }
        printed = out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void areTextOnATerminal() {
        assertThat(printed).contains("alert(1)", "\\u001b[2J", "\\u202e");
        assertThat(printed.chars().filter(each -> each != '\n')).noneMatch(Character::isISOControl);
    }

    @Test
    void areTextInAPage() throws Exception {
        String page = Files.readString(file("report.html"));
        Document document = Jsoup.parse(page);
        assertThat(document.select("img, iframe, object, embed")).isEmpty();
        assertThat(document.getAllElements())
                .allSatisfy(element -> assertThat(element.attributes().asList())
                        .noneMatch(attribute -> attribute.getKey().startsWith("on")));
        assertThat(document.select("script"))
                .allSatisfy(script -> assertThat(script.data()).doesNotStartWith("alert"));
        assertThat(document.body().text()).contains("<script>alert(1)</script>");
    }

    @Test
    void areTextInXml() throws Exception {
        Element suite = (Element) DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(Files.readString(file("junit.xml")))))
                .getElementsByTagName("testsuite")
                .item(0);
        assertThat(suite.getAttribute("name")).contains("<script>alert(1)</script>", "]]>");
    }

    @Test
    void areTextInJson() throws Exception {
        assertThat(new ObjectMapper()
                        .readTree(file("verdict.json").toFile())
                        .at("/drill/name")
                        .asText())
                .isEqualTo(NAME);
    }

    @Test
    void areOneNameInAPath() {
        Path place = Launch.directory(List.of(DrillFile.read(bundle.drill())));
        assertThat(place.normalize()).isEqualTo(place);
        assertThat(place.getParent()).isEqualTo(Path.of(".midwrite", "runs"));
    }

    private Path file(String name) {
        return bundle.directory().resolve(name);
    }
}
