package dev.midwrite.agent.effect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.agent.library.Libraries;
import dev.midwrite.agent.point.Catalogue;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EventLoopsTest {
    private final EventLoops loops = new EventLoops(new Catalogue(Libraries.all()).eventLoops());

    @Test
    void aThreadThatALibraryNamesIsOne() {
        assertThat(loops.isOne(new FastThreadLocalThread())).isTrue();
        assertThat(loops.isOne(new FastThreadLocalThread() {}))
                .as("and what extends it")
                .isTrue();
    }

    @Test
    void anOrdinaryThreadIsNone() {
        assertThat(loops.isOne(new Thread())).isFalse();
        assertThat(new EventLoops(Set.of()).isOne(new FastThreadLocalThread())).isFalse();
    }
}
