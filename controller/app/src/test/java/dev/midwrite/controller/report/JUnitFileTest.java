package dev.midwrite.controller.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.Property;
import dev.midwrite.check.Verdict;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

class JUnitFileTest {

    @Test
    void hasACaseForTheVerdictEachPropertyAndEachGate() throws Exception {
        Element suite = suite(SampleRun.failed());
        int gates = SampleRun.failed().judgement().gates().size();
        assertThat(suite.getElementsByTagName("testcase").getLength()).isEqualTo(1 + Property.values().length + gates);
        assertThat(suite.getAttribute("tests")).isEqualTo(Integer.toString(1 + Property.values().length + gates));
        assertThat(suite.getAttribute("failures"))
                .isEqualTo(
                        Integer.toString(suite.getElementsByTagName("failure").getLength()));
        assertThat(suite.getAttribute("errors"))
                .isEqualTo(Integer.toString(suite.getElementsByTagName("error").getLength()));
        assertThat(suite.getAttribute("skipped"))
                .isEqualTo(
                        Integer.toString(suite.getElementsByTagName("skipped").getLength()));
    }

    @Test
    void hardViolationFailsAndNamesWhatWasSeen() throws Exception {
        Element list = testCase(suite(SampleRun.failed()), "list");
        assertThat(list.getElementsByTagName("failure").item(0).getTextContent())
                .contains("A-1: Item 300000000002a was acknowledged");
    }

    @Test
    void allowedViolationPassesUnknownIsAnErrorAndUnobservedIsSkipped() throws Exception {
        Element suite = suite(SampleRun.passed());
        assertThat(testCase(suite, "duplicates")
                        .getElementsByTagName("system-out")
                        .getLength())
                .isOne();
        assertThat(testCase(suite, "guarantees").getElementsByTagName("error").getLength())
                .isOne();
        assertThat(testCase(suite, "websocket").getElementsByTagName("skipped").getLength())
                .isOne();
        assertThat(testCase(suite, "score").getElementsByTagName("error").getLength())
                .isOne();
    }

    /** How a build server shows each verdict: only a pass is green. */
    @ParameterizedTest
    @CsvSource({
        "PASS, system-out",
        "FAIL, failure",
        "GATE_MISSED, failure",
        "INCONCLUSIVE, error",
        "VACUOUS, error",
        "INVALID, error"
    })
    void onlyAPassIsGreen(Verdict verdict, String element) throws Exception {
        Element suite = suite(SampleRun.input(verdict, "So it is.", List.of(), List.of()));
        NodeList children = testCase(suite, "verdict").getElementsByTagName("*");
        assertThat(children.getLength()).isOne();
        assertThat(children.item(0).getNodeName()).isEqualTo(element);
    }

    @Test
    void everyVerdictIsTold() {
        assertThat(Verdict.values()).as("rows of onlyAPassIsGreen").hasSize(6);
    }

    @Test
    void charactersThatXmlCannotSayAreReplaced() {
        ReportInput input =
                SampleRun.input(Verdict.FAIL, "\u0000\u001B[31m \uD800 ok \uD83D\uDE00", List.of(), List.of());
        assertThat(problem(JUnitFile.of(input).text())).isEmpty();
    }

    /** Why the text is not well-formed; empty if it is. */
    static String problem(String xml) {
        try {
            parse(xml);
            return "";
        } catch (SAXException e) {
            return e.getMessage();
        }
    }

    private static Element suite(ReportInput input) throws SAXException {
        return (Element) parse(JUnitFile.of(input).text())
                .getElementsByTagName("testsuite")
                .item(0);
    }

    private static Element testCase(Element suite, String name) {
        for (int i = 0; i < suite.getElementsByTagName("testcase").getLength(); i++) {
            Element each = (Element) suite.getElementsByTagName("testcase").item(i);
            if (each.getAttribute("name").equals(name)) {
                return each;
            }
        }
        throw new AssertionError("no test case " + name);
    }

    private static Document parse(String xml) throws SAXException {
        try {
            return DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(xml)));
        } catch (ParserConfigurationException | IOException e) {
            throw new AssertionError(e);
        }
    }
}
