package dev.midwrite.controller.trace;

import io.opentelemetry.exporter.logging.otlp.internal.traces.OtlpStdoutSpanExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Writes spans as lines of OTLP's JSON, each an export request. Not thread-safe. */
final class SpanFile implements SpanSink {
    private final String name;
    private final Watched to;
    private final OtlpStdoutSpanExporter exporter;
    private long spans;

    /**
     * Writes to a stream.
     *
     * @param name for messages
     * @param to closed with this
     */
    SpanFile(String name, OutputStream to) {
        this.name = name;
        this.to = new Watched(to);
        this.exporter = OtlpStdoutSpanExporter.builder()
                .setOutput(this.to)
                .setWrapperJsonObject(true)
                .build();
    }

    @Override
    public void take(List<SpanData> batch) {
        if (goesOn()) {
            CompletableResultCode done = exporter.export(batch);
            spans += done.isSuccess() && goesOn() ? batch.size() : 0;
        }
    }

    @Override
    public boolean goesOn() {
        return to.failure == null;
    }

    @Override
    public String words() {
        return goesOn()
                ? spans + " spans in " + name + "."
                : name + " cannot be written: " + to.failure.getMessage() + ".";
    }

    @Override
    public void close() {
        exporter.shutdown();
        to.close();
    }

    /** The exporter keeps to itself why it could not write. */
    private static final class Watched extends OutputStream {
        private final OutputStream to;
        private IOException failure;
        private boolean closed;

        Watched(OutputStream to) {
            this.to = to;
        }

        @Override
        public void write(int letter) throws IOException {
            write(new byte[] {(byte) letter}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            attempt(() -> to.write(bytes, offset, length));
        }

        @Override
        public void flush() throws IOException {
            attempt(to::flush);
        }

        @Override
        public void close() {
            if (closed) {
                return;
            }
            closed = true;
            try {
                to.close();
            } catch (IOException e) {
                failure = failure == null ? e : failure;
            }
        }

        private void attempt(Write write) throws IOException {
            try {
                write.run();
            } catch (IOException e) {
                failure = failure == null ? e : failure;
                throw e;
            }
        }

        private interface Write {
            void run() throws IOException;
        }
    }
}
