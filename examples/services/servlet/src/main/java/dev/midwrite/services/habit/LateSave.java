package dev.midwrite.services.habit;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;

/** Saves in the background, so that requests are fast; what the user was told is saved may not be yet. */
final class LateSave<S extends Session> implements SessionRepository<S>, AutoCloseable {
    private final SessionRepository<S> store;
    private final ExecutorService saver = Executors.newSingleThreadExecutor(work -> new Thread(work, "session-saver"));

    LateSave(SessionRepository<S> store) {
        this.store = store;
    }

    @Override
    public S createSession() {
        return store.createSession();
    }

    @Override
    public void save(S session) {
        saver.execute(() -> store.save(session));
    }

    @Override
    public S findById(String id) {
        return store.findById(id);
    }

    @Override
    public void deleteById(String id) {
        store.deleteById(id);
    }

    @Override
    public void close() {
        saver.shutdown();
    }
}
