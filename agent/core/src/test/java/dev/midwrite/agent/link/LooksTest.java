package dev.midwrite.agent.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.midwrite.agent.log.AgentLog;
import dev.midwrite.agent.point.KeptSessions;
import dev.midwrite.link.v1.Look;
import dev.midwrite.link.v1.Looked;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LooksTest {
    private final List<Looked> answers = new CopyOnWriteArrayList<>();
    private final Looks looks = new Looks(answers::add);

    @AfterEach
    void close() {
        looks.close();
        AgentLog.close();
    }

    private void look(long id, Supplier<List<KeptSessions>> how) {
        looks.look(Look.newBuilder().setId(id).build(), how);
    }

    private Looked last(long id) {
        await().until(() -> answers.stream().anyMatch(answer -> answer.getId() == id && answer.getLast()));
        return answers.stream()
                .filter(answer -> answer.getId() == id && answer.getLast())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void tellsEachMapAndThatItWasTheLast() {
        look(
                7,
                () -> List.of(
                        new KeptSessions("a", true, Map.of(-1L, 5L), ""),
                        new KeptSessions("b", false, Map.of(), "Gone")));
        assertThat(last(7).hasKept()).isFalse();
        assertThat(answers).hasSize(3);
        assertThat(answers.get(0).getKept().getMap()).isEqualTo("a");
        assertThat(answers.get(0).getKept().getFamiliar()).isTrue();
        assertThat(answers.get(0).getKept().getSessionsList()).containsExactly(-1L);
        assertThat(answers.get(0).getKept().getLeftMillisList()).containsExactly(5L);
        assertThat(answers.get(1).getKept().getProblem()).isEqualTo("Gone");
    }

    @Test
    void aLargeMapComesInParts() {
        Map<Long, Long> many = new HashMap<>();
        for (long i = 0; i < 2L * Looks.MOST_IN_ONE + 1; i++) {
            many.put(i, -1L);
        }
        look(1, () -> List.of(new KeptSessions("a", true, many, "")));
        assertThat(last(1).getProblem()).isEmpty();
        assertThat(answers)
                .extracting(answer -> answer.getKept().getSessionsCount())
                .containsExactly(Looks.MOST_IN_ONE, Looks.MOST_IN_ONE, 1, 0);
        assertThat(answers).allMatch(answer -> answer.getSerializedSize() < 4 << 20);
    }

    @Test
    void whoAsksMeanwhileIsToldSo() {
        CountDownLatch end = new CountDownLatch(1);
        look(1, () -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return List.of();
        });
        look(2, List::of);
        assertThat(last(2).getProblem()).isEqualTo("it is still looking");
        end.countDown();
        assertThat(last(1).getProblem()).isEmpty();
    }

    @Test
    void saysWhyItCannotLook() {
        look(1, null);
        assertThat(last(1).getProblem()).isEqualTo("nothing is recorded there");
        look(2, () -> {
            throw new IllegalStateException("secret");
        });
        assertThat(last(2).getProblem()).isEqualTo("java.lang.IllegalStateException");
    }

    @Test
    void whoWaitsForAGridIsWokenWhenTheLinkEnds() {
        CountDownLatch woken = new CountDownLatch(1);
        look(1, () -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                woken.countDown();
            }
            return List.of();
        });
        looks.close();
        await().until(() -> woken.getCount() == 0);
    }
}
