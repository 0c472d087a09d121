package dev.midwrite.controller.trace;

import dev.midwrite.check.Judgement;
import dev.midwrite.controller.Problem;
import dev.midwrite.controller.history.Bundle;
import dev.midwrite.controller.history.History;
import dev.midwrite.controller.plan.Drill;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Hands the traces of a run that is over to whoever wants them. */
public final class TraceExport {
    /** So long the end of a run waits for an endpoint, all batches together. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final int BATCH = 512;

    private TraceExport() {}

    /** In a run's directory. */
    public static Path file(Bundle bundle) {
        return bundle.directory().resolve("traces.jsonl");
    }

    /**
     * Writes and sends, after the verdict, which stays whatever becomes of this.
     *
     * @return what became of it, in sentences: a file that cannot be written and an endpoint that takes nothing are among them
     */
    public static List<String> of(Bundle bundle, Drill drill, Judgement judgement, TraceTarget target) {
        return of(bundle, drill, judgement, target, PATIENCE);
    }

    static List<String> of(Bundle bundle, Drill drill, Judgement judgement, TraceTarget target, Duration patience) {
        List<SpanSink> sinks = new ArrayList<>();
        List<String> words = new ArrayList<>();
        try {
            Resource resource = midwrite();
            if (target.sends()) {
                resource = endpoint(target, patience, sinks, words).orElse(resource);
            }
            if (target.file()) {
                sinks.add(new SpanFile(
                        file(bundle).toString(), new BufferedOutputStream(Files.newOutputStream(file(bundle)))));
            }
            if (!sinks.isEmpty()) {
                write(History.read(bundle), drill, judgement, resource, sinks);
            }
        } catch (Problem e) {
            words.add("No traces: " + e.getMessage());
        } catch (RuntimeException e) { // A mistake of ours here must not cost a verdict.
            words.add("The traces are not whole, which is a bug of Midwrite: " + e);
        } catch (IOException e) {
            words.add(file(bundle) + " cannot be written: " + e.getMessage() + ".");
        } finally {
            sinks.forEach(SpanSink::close);
        }
        sinks.forEach(sink -> words.add(sink.words()));
        return words;
    }

    /** An endpoint that cannot even be configured costs nobody the file. */
    private static Optional<Resource> endpoint(
            TraceTarget target, Duration patience, List<SpanSink> sinks, List<String> words) {
        try {
            target.requireProtocol();
            Endpoint endpoint = new Endpoint(target, patience);
            sinks.add(endpoint);
            return Optional.of(endpoint.resource());
        } catch (ConfigurationException | Problem e) {
            words.add("No spans were sent: " + e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * Writes all traces to a stream, as lines of OTLP's JSON.
     *
     * @throws Problem if the stream cannot be written
     */
    public static void write(History history, Drill drill, Judgement judgement, OutputStream to) {
        SpanFile file = new SpanFile("The output", to);
        try (file) {
            write(history, drill, judgement, midwrite(), List.of(file));
        }
        if (!file.goesOn()) {
            throw new Problem(file.words());
        }
    }

    private static Resource midwrite() {
        return Resource.getDefault()
                .merge(Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), "midwrite")));
    }

    private static void write(
            History history, Drill drill, Judgement judgement, Resource resource, List<SpanSink> sinks) {
        List<SpanData> batch = new ArrayList<>(BATCH);
        new RunTraces(history, drill, judgement, resource).each(trace -> {
            batch.addAll(trace);
            if (batch.size() >= BATCH) {
                hand(batch, sinks);
            }
            return sinks.stream().anyMatch(SpanSink::goesOn);
        });
        hand(batch, sinks);
    }

    private static void hand(List<SpanData> batch, List<SpanSink> sinks) {
        if (!batch.isEmpty()) {
            List<SpanData> taken = List.copyOf(batch);
            sinks.forEach(sink -> sink.take(taken));
            batch.clear();
        }
    }
}
