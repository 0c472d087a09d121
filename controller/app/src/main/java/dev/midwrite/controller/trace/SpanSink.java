package dev.midwrite.controller.trace;

import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.List;

/** Takes spans in batches, until it cannot. */
interface SpanSink extends AutoCloseable {

    /** Ignored once something has failed. */
    void take(List<SpanData> spans);

    /** Whether nothing has failed. */
    boolean goesOn();

    /** What became of all that it took, a sentence. */
    String words();

    /** Idempotent. */
    @Override
    void close();
}
