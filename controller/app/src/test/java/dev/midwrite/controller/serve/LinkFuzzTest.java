package dev.midwrite.controller.serve;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.midwrite.link.v1.AgentMessage;
import dev.midwrite.link.v1.ControllerMessage;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;

/** An agent that has proved who it is, and says what no agent says. */
class LinkFuzzTest {
    private static final Pattern SAMPLE = Pattern.compile("[a-zA-Z0-9_:]+\\{node=\"node-1\"[^\\p{Cntrl}]*");

    @TempDir
    static Path directory;

    private static int turns;

    /** @param stream messages, each behind its length, as protobuf writes them one after the other */
    @FuzzTest
    void link(byte[] stream) throws IOException {
        Path place = Files.createDirectory(directory.resolve("turn-" + turns++));
        JournalStore journals = new JournalStore(place);
        Fleet fleet = new Fleet(journals);
        try {
            NodeLink link = new NodeLink(fleet, Optional.empty(), new Deaf());
            link.onNext(AgentMessage.newBuilder()
                    .setHello(FakeAgent.hello("node-1", 1))
                    .build());
            ByteArrayInputStream in = new ByteArrayInputStream(stream);
            for (AgentMessage message = next(in); message != null; message = next(in)) {
                link.onNext(message);
            }
            requireSamplesOfItsOwn(fleet);
            journals.states();
            link.onCompleted();
        } finally {
            fleet.close();
            journals.close();
            delete(place);
        }
    }

    private static AgentMessage next(ByteArrayInputStream in) throws IOException {
        try {
            return AgentMessage.parseDelimitedFrom(in);
        } catch (InvalidProtocolBufferException e) {
            return null; // gRPC ends such a stream.
        }
    }

    /** No node speaks for the controller, or for another node. */
    private static void requireSamplesOfItsOwn(Fleet fleet) {
        Scrape scrape = new Scrape();
        for (FleetNode node : fleet.nodes()) {
            scrape.add(node.metrics(), node.name());
        }
        for (String line : scrape.text().split("\n")) {
            if (!line.isEmpty()
                    && !line.startsWith("#")
                    && !SAMPLE.matcher(line).matches()) {
                throw new AssertionError("a sample of no node: " + line);
            }
        }
    }

    private static void delete(Path place) throws IOException {
        try (var files = Files.walk(place)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static final class Deaf implements StreamObserver<ControllerMessage> {
        @Override
        public void onNext(ControllerMessage message) {}

        @Override
        public void onError(Throwable error) {}

        @Override
        public void onCompleted() {}
    }
}
