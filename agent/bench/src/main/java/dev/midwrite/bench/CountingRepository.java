package dev.midwrite.bench;

import java.util.concurrent.atomic.AtomicReference;
import org.springframework.session.MapSession;
import org.springframework.session.SessionRepository;

/** A session repository that costs next to nothing, so that what an agent adds to a call shows. */
public final class CountingRepository implements SessionRepository<MapSession> {
    private final AtomicReference<MapSession> last = new AtomicReference<>(new MapSession());
    private long sum;

    @Override
    public MapSession createSession() {
        return last.get();
    }

    /** One multiply-add: the least that a save can be. */
    @Override
    public void save(MapSession session) {
        sum = sum * 31 + 7;
    }

    @Override
    public MapSession findById(String id) {
        return last.get();
    }

    @Override
    public void deleteById(String id) {
        sum = 0;
    }

    long sum() {
        return sum;
    }
}
