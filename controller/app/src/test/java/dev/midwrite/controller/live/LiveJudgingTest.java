package dev.midwrite.controller.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.midwrite.check.Trial;
import dev.midwrite.check.Violation;
import dev.midwrite.check.judge.LiveListener;
import dev.midwrite.controller.history.Bundle;
import dev.midwrite.controller.history.HistoryReader;
import dev.midwrite.controller.history.HistoryWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveJudgingTest {
    private static final Duration LONG_ENOUGH = Duration.ofMinutes(1);

    @TempDir
    private Path directory;

    private final AtomicLong clock = new AtomicLong();
    private final List<Violation> found = new CopyOnWriteArrayList<>();
    private final List<String> notes = new CopyOnWriteArrayList<>();
    private Bundle bundle;

    @BeforeEach
    void bundle() throws IOException {
        bundle = LiveRunFiles.bundle(directory);
    }

    private LiveJudging start(HistoryWriter history, LiveListener listener) {
        return LiveJudging.start(bundle, LiveRunFiles.FACTS, history, clock::get, listener, notes::add);
    }

    @Test
    void findsWhileTheHistoryIsStillOpen() throws Exception {
        try (HistoryWriter history = HistoryWriter.create(bundle.users());
                LiveJudging judging = start(history, found::add)) {
            LiveRunFiles.forgetful(1, 0).forEach(history::append);
            clock.set(LiveRunFiles.FACTS.lagNanos() + TimeUnit.SECONDS.toNanos(1));
            await().until(() -> !found.isEmpty());
            judging.finish(LONG_ENOUGH);
        }
        assertThat(found).singleElement().extracting(Violation::session).isEqualTo(1L);
        assertThat(notes).isEmpty();
        assertThat(HistoryReader.readAll(bundle.users())).hasSize(3);
        assertThat(files()).containsExactlyInAnyOrder("drill.yaml", "users.ops");
    }

    @Test
    void whatIsWithinTheLagInTheEndIsJudgedToo() throws Exception {
        try (HistoryWriter history = HistoryWriter.create(bundle.users());
                LiveJudging judging = start(history, found::add)) {
            LiveRunFiles.forgetful(1, 0).forEach(history::append);
            judging.finish(LONG_ENOUGH);
        }
        assertThat(found).hasSize(1);
    }

    @Test
    void aRunGoesOnWhenJudgingLiveBreaks() throws Exception {
        LiveListener broken = violation -> {
            throw new IllegalStateException("broken on purpose");
        };
        try (HistoryWriter history = HistoryWriter.create(bundle.users());
                LiveJudging judging = start(history, broken)) {
            LiveRunFiles.forgetful(1, 0).forEach(history::append);
            clock.set(TimeUnit.SECONDS.toNanos(10));
            await().until(() -> !notes.isEmpty());
            LiveRunFiles.forgetful(2, 100).forEach(history::append);
            judging.finish(LONG_ENOUGH);
        }
        assertThat(notes)
                .containsExactly("Judging while the run goes on broke off (java.lang.IllegalStateException: broken on"
                        + " purpose); the verdict does not need it.");
        assertThat(HistoryReader.readAll(bundle.users())).hasSize(6);
    }

    @Test
    void saysThatItIsBehindAndDropsNothing() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        LiveListener slow = violation -> {
            found.add(violation);
            entered.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        try (HistoryWriter history = HistoryWriter.create(bundle.users());
                LiveJudging judging = start(history, slow)) {
            LiveRunFiles.forgetful(1, 0).forEach(history::append);
            history.append(LiveRunFiles.create(9, 10_000));
            entered.await();
            for (int session = 10; session < 5_000; session++) {
                LiveRunFiles.forgetful(session, 11_000).forEach(history::append);
            }
            clock.set(TimeUnit.SECONDS.toNanos(20));
            goOn.countDown();
            await().until(() -> notes.size() == 2);
            judging.finish(LONG_ENOUGH);
        }
        assertThat(notes)
                .containsExactly(
                        "Judging while the run goes on is 20 s behind; it drops nothing and catches up.",
                        "Judging while the run goes on has caught up.");
        assertThat(found).hasSize(4_991);
    }

    @Test
    void aSessionThatIsSoundInTheEndIsTakenBack() throws Exception {
        try (HistoryWriter history = HistoryWriter.create(bundle.users())) {
            LiveRunFiles.forgetful(1, 0).forEach(history::append);
            history.append(LiveRunFiles.create(2, 10));
        }
        assertThat(TakenBack.sentences(bundle, trial(), Map.of(1L, "User does not see own write", 2L, "Stale read")))
                .containsExactly("While the run went on, \"Stale read\" was reported of session 0000000000000002, in"
                        + " which nothing is wrong; please report this.");
    }

    private static Trial trial() {
        return Trial.of(LiveRunFiles.FACTS.profile())
                .nodes(LiveRunFiles.FACTS.nodes())
                .attributes(LiveRunFiles.FACTS.attributes())
                .workloads(List.of("register"))
                .ttlNanos(LiveRunFiles.FACTS.ttlNanos())
                .build();
    }

    private List<String> files() throws IOException {
        try (var files = Files.list(bundle.directory())) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
