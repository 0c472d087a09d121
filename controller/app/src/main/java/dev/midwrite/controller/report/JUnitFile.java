package dev.midwrite.controller.report;

import dev.midwrite.check.GateResult;
import dev.midwrite.check.Judgement;
import dev.midwrite.check.PropertyResult;
import dev.midwrite.check.Severity;
import dev.midwrite.check.Validity;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * {@code junit.xml}: one test case for the verdict, one per property, one per gate. The verdict has its own, because a
 * vacuous drill has no failed property and must not be green.
 */
final class JUnitFile {

    /** How a test case ended; a skipped one was not observed. */
    private enum End {
        PASSED,
        FAILURE,
        ERROR,
        SKIPPED
    }

    private record Case(String group, String name, End end, String message, String text) {}

    private final String name;
    private final Instant startedAt;
    private final Duration duration;
    private final List<Case> cases = new ArrayList<>();

    private JUnitFile(String drill, Instant startedAt, Duration duration) {
        this.name = "midwrite." + drill;
        this.startedAt = startedAt;
        this.duration = duration;
    }

    static JUnitFile of(ReportInput input) {
        DrillFacts drill = input.drill();
        JUnitFile file = new JUnitFile(drill.name(), drill.startedAt(), drill.duration());
        Judgement judgement = input.judgement();
        file.cases.add(verdict(judgement));
        file.addFindings(judgement);
        return file;
    }

    /** One more case for each trial. */
    static JUnitFile of(CampaignInput input) {
        JUnitFile file = new JUnitFile(input.name(), input.startedAt(), input.duration());
        file.cases.add(verdict(input.judgement()));
        for (CampaignInput.Trial trial : input.trials()) {
            Case its = verdict(trial.result().judgement());
            file.cases.add(new Case("trial", trial.result().name(), its.end(), its.message(), its.text()));
        }
        file.addFindings(input.judgement());
        return file;
    }

    private void addFindings(Judgement judgement) {
        judgement.properties().forEach(result -> cases.add(property(judgement, result)));
        judgement.gates().forEach(gate -> cases.add(gate(gate)));
    }

    String text() {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            write(xml);
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a writer into memory does not fail", e);
        }
        return text.toString();
    }

    private static Case verdict(Judgement judgement) {
        End end = switch (judgement.verdict()) {
            case PASS -> End.PASSED;
            case FAIL, GATE_MISSED -> End.FAILURE;
            case INCONCLUSIVE, VACUOUS, INVALID -> End.ERROR;
        };
        return new Case(
                "verdict",
                "verdict",
                end,
                Wording.lower(judgement.verdict()) + ": " + judgement.sentence(),
                String.join("\n", judgement.reasons()));
    }

    private static Case property(Judgement judgement, PropertyResult result) {
        String name = result.property().label();
        StringBuilder text = new StringBuilder(result.reason());
        judgement.cards().stream()
                .filter(card -> card.violation().anomaly().property() == result.property())
                .forEach(card -> text.append(text.isEmpty() ? "" : "\n")
                        .append(card.id())
                        .append(": ")
                        .append(card.violation().what())
                        .append(' ')
                        .append(card.violation().why()));
        String message = result.property().promise() + ": " + Wording.finding(result);
        if (result.validity() == Validity.FALSE) {
            // What the profile does not forbid is reported, and does not fail.
            End end = Wording.severity(result) == Severity.HARD ? End.FAILURE : End.PASSED;
            return new Case("property", name, end, message, text.toString());
        } else if (Wording.absent(result)) {
            return new Case("property", name, End.SKIPPED, "not observed: " + result.reason(), "");
        }
        End end = result.validity() == Validity.TRUE ? End.PASSED : End.ERROR;
        return new Case("property", name, end, message, text.toString());
    }

    private static Case gate(GateResult gate) {
        End end = switch (gate.state()) {
            case OBSERVED, MET -> End.PASSED;
            case MISSED -> End.FAILURE;
            case INCONCLUSIVE -> End.ERROR;
        };
        String bounds = Wording.bounds(gate);
        String message = Wording.value(gate)
                + (bounds.isEmpty() ? "" : " (" + bounds + ")")
                + (gate.target().isEmpty() ? ", no target" : ", target " + gate.target())
                + ", "
                + Wording.samples(gate);
        return new Case("gate", gate.name(), end, message, "");
    }

    private void write(XMLStreamWriter xml) throws XMLStreamException {
        String seconds = String.format(Locale.ROOT, "%.3f", duration.toMillis() / 1e3);
        xml.writeStartDocument("UTF-8", "1.0");
        xml.writeStartElement("testsuites");
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", clean(name));
        xml.writeAttribute("tests", Integer.toString(cases.size()));
        xml.writeAttribute("failures", number(End.FAILURE));
        xml.writeAttribute("errors", number(End.ERROR));
        xml.writeAttribute("skipped", number(End.SKIPPED));
        xml.writeAttribute("time", seconds);
        xml.writeAttribute("timestamp", startedAt.toString());
        for (Case each : cases) {
            xml.writeStartElement("testcase");
            xml.writeAttribute("classname", clean(name + "." + each.group()));
            xml.writeAttribute("name", clean(each.name()));
            // The drill's time belongs to its verdict; checks take next to none.
            xml.writeAttribute("time", each.group().equals("verdict") ? seconds : "0");
            end(xml, each);
            xml.writeEndElement();
        }
        xml.writeEndElement();
        xml.writeEndElement();
        xml.writeEndDocument();
    }

    private static void end(XMLStreamWriter xml, Case each) throws XMLStreamException {
        switch (each.end()) {
            case PASSED -> {
                xml.writeStartElement("system-out");
                xml.writeCharacters(clean(each.message() + (each.text().isEmpty() ? "" : "\n" + each.text())));
                xml.writeEndElement();
            }
            case SKIPPED -> {
                xml.writeEmptyElement("skipped");
                xml.writeAttribute("message", clean(each.message()));
            }
            case FAILURE, ERROR -> {
                xml.writeStartElement(each.end() == End.FAILURE ? "failure" : "error");
                xml.writeAttribute("message", clean(each.message()));
                xml.writeAttribute("type", each.group());
                xml.writeCharacters(clean(each.text()));
                xml.writeEndElement();
            }
        }
    }

    private String number(End end) {
        return Long.toString(cases.stream().filter(each -> each.end() == end).count());
    }

    /** XML 1.0 has no way to say most control characters. */
    private static String clean(String text) {
        return text.replaceAll("[^\\t\\n\\r\\x{20}-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]", "\uFFFD");
    }
}
