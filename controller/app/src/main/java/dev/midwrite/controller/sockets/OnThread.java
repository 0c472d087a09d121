package dev.midwrite.controller.sockets;

import java.util.concurrent.Executor;

/** Passes everything on to one thread, in the order in which it came. */
record OnThread(Wire.Listener listener, Executor thread) implements Wire.Listener {

    @Override
    public void opened() {
        thread.execute(listener::opened);
    }

    @Override
    public void message(String text, String id) {
        thread.execute(() -> listener.message(text, id));
    }

    @Override
    public void closed(int code) {
        thread.execute(() -> listener.closed(code));
    }

    @Override
    public void rejected(int status, boolean refused) {
        thread.execute(() -> listener.rejected(status, refused));
    }
}
