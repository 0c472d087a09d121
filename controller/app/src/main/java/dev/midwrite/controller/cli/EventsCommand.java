package dev.midwrite.controller.cli;

import dev.midwrite.event.EventRecord;
import dev.midwrite.link.v1.Event;
import dev.midwrite.link.v1.EventsRequest;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code midwrite events}. */
@Command(
        name = "events",
        description = "Print journal records as they arrive at a controller, until Ctrl-C.",
        mixinStandardHelpOptions = true)
final class EventsCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ControllerAddress controller;

    @Option(names = "--node", paramLabel = "NODE", defaultValue = "", description = "Only of this node.")
    private String node;

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        EventsRequest request = EventsRequest.newBuilder().setNode(node).build();
        controller.call(operator -> operator.events(request).forEachRemaining(event -> {
            print(event, out);
            out.flush();
        }));
    }

    private static void print(Event event, PrintWriter out) {
        ByteBuffer frame = ByteBuffer.wrap(event.getRecord().toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
        EventRecord item = EventRecord.read(frame, 0);
        out.printf(
                "%s %d %s %s %s%s%s%n",
                event.getNode(),
                item.seq(),
                item.type().name().toLowerCase(Locale.ROOT),
                event.getPoint(),
                item.edge().name().toLowerCase(Locale.ROOT),
                item.session() == 0 ? "" : " session " + HexFormat.of().toHexDigits(item.session()),
                item.injection() == 0 ? "" : " injection " + item.injection());
    }
}
