package dev.midwrite.controller.serve;

import dev.midwrite.link.v1.Event;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.ArrayDeque;
import java.util.Deque;

/** Events on their way to one reader, who may be slower than the nodes for a while. Thread-safe. */
final class EventStream {
    private final ServerCallStreamObserver<Event> call;
    private final int limit;
    private final Deque<Event> waiting = new ArrayDeque<>();
    private boolean ended;

    EventStream(ServerCallStreamObserver<Event> call, int limit) {
        this.call = call;
        this.limit = limit;
    }

    /** @return whether further ones are wanted; once they are not, they never are again */
    synchronized boolean offer(Event event) {
        if (ended) {
            return false;
        }
        waiting.add(event);
        drain();
        if (waiting.size() > limit) {
            ended = true;
            waiting.clear();
            call.onError(Status.RESOURCE_EXHAUSTED
                    .withDescription("the reader is " + limit + " events behind")
                    .asRuntimeException());
        }
        return !ended;
    }

    synchronized void drain() {
        while (!ended && !call.isCancelled() && call.isReady() && !waiting.isEmpty()) {
            call.onNext(waiting.poll());
        }
    }
}
