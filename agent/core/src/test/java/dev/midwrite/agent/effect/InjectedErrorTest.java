package dev.midwrite.agent.effect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.agent.fault.Decision;
import dev.midwrite.agent.library.Libraries;
import dev.midwrite.agent.point.Catalogue;
import dev.midwrite.agent.point.Point;
import dev.midwrite.event.FaultKind;
import org.junit.jupiter.api.Test;

class InjectedErrorTest {
    private static final Point POINT = new Catalogue(Libraries.all()).of(0);
    private static boolean initialised;

    /** A class of the host's that is no exception, and should not wake because somebody names it. */
    static final class Bystander {
        static {
            initialised = true;
        }

        private Bystander() {}
    }

    @Test
    void aClassThatIsNoExceptionIsNotInitialised() {
        Throwable error = of(Bystander.class.getName());
        assertThat(error).isInstanceOf(IllegalStateException.class).hasMessageContaining("cannot make a");
        assertThat(initialised).isFalse();
    }

    @Test
    void anExceptionIsMade() {
        assertThat(of(UnsupportedOperationException.class.getName())).isInstanceOf(UnsupportedOperationException.class);
    }

    private Throwable of(String name) {
        return InjectedError.of(new Decision(1, FaultKind.ERROR, 0, 0, name, false), POINT, this);
    }
}
