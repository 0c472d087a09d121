package dev.midwrite.controller.nodes;

import dev.midwrite.controller.serve.FakeAgent;
import dev.midwrite.event.Token;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Dials the controller as the real agent does, and agrees to record. */
public final class TinyAgent {
    private TinyAgent() {}

    public static void premain(String options) throws IOException {
        Map<String, String> values = Stream.of(options.split(","))
                .map(option -> option.split("=", 2))
                .collect(Collectors.toMap(option -> option[0], option -> option[1]));
        String controller = values.get("controller");
        FakeAgent agent = new FakeAgent(Integer.parseInt(controller.substring(controller.indexOf(':') + 1)));
        agent.hello(
                FakeAgent.hello(values.get("node"), ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE)),
                Token.of(Files.readString(Path.of(System.getenv("MIDWRITE_TOKEN")))));
        agent.agreesToRecord();
    }
}
