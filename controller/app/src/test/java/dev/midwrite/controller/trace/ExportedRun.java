package dev.midwrite.controller.trace;

import dev.midwrite.controller.history.Bundle;
import dev.midwrite.controller.history.History;
import dev.midwrite.controller.history.TraceFacts;
import dev.midwrite.controller.history.TraceIds;
import dev.midwrite.controller.nodes.FreePorts;
import dev.midwrite.controller.plan.Drill;
import dev.midwrite.controller.plan.DrillFile;
import dev.midwrite.controller.run.BundleJudge;
import dev.midwrite.controller.run.SyntheticTrial;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A run whose spans are sent somewhere. */
final class ExportedRun {
    static final TraceIds IDS = new TraceIds(0xABCDEF);
    static final Duration LONG = Duration.ofSeconds(30);

    private ExportedRun() {}

    static Bundle bundle(SyntheticTrial trial) throws IOException {
        Bundle bundle = trial.write();
        bundle.write(new TraceFacts(TraceFacts.FORMAT, IDS, Map.of("node-2", "http://127.0.0.1:8082")));
        return bundle;
    }

    static List<String> export(Bundle bundle, TraceTarget target, Duration patience) {
        Drill drill = DrillFile.read(bundle.drill());
        return TraceExport.of(
                bundle, drill, BundleJudge.verdict(bundle, History.read(bundle), drill), target, patience);
    }

    static TraceTarget at(URI endpoint) {
        return new TraceTarget(Optional.of(endpoint), false, "", false);
    }

    /** Sends to a port at which nobody listens, and writes the file. */
    static List<String> exportToNobody(Bundle bundle, String scheme) {
        URI nobody = URI.create(scheme + "://127.0.0.1:" + FreePorts.take());
        return export(bundle, new TraceTarget(Optional.of(nobody), false, "", true), LONG).stream()
                .map(words -> words.replace(nobody.toString(), "nobody"))
                .toList();
    }

    /** In the order in which they came. */
    static List<Span> spans(List<ExportTraceServiceRequest> requests) {
        return requests.stream()
                .flatMap(request -> request.getResourceSpansList().stream())
                .flatMap(resource -> resource.getScopeSpansList().stream())
                .flatMap(scope -> scope.getSpansList().stream())
                .toList();
    }
}
