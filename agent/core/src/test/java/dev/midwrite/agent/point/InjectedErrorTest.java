package dev.midwrite.agent.point;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.agent.fault.Decision;
import dev.midwrite.event.FaultKind;
import org.junit.jupiter.api.Test;

class InjectedErrorTest {
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
        return InjectedError.of(new Decision(1, FaultKind.ERROR, 0, 0, name, false), Place.SESSION_SAVE, this);
    }
}
