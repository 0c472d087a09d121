package dev.midwrite.controller.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.identity.Access;
import dev.midwrite.controller.identity.OperatorToken;
import dev.midwrite.controller.identity.Role;
import dev.midwrite.controller.identity.TokenHome;
import dev.midwrite.controller.serve.FakeAgent;
import dev.midwrite.controller.serve.Fleet;
import dev.midwrite.controller.serve.JournalStore;
import dev.midwrite.controller.serve.LinkServer;
import dev.midwrite.controller.serve.RolloutOperator;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RolloutCommandTest {
    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<String> asked = new ArrayList<>();
    private Path token;
    private JournalStore journals;
    private Fleet fleet;
    private LinkServer server;

    /** Rollouts that remember what was wanted of them; nothing is paused. */
    private final RolloutOperator rollouts = new RolloutOperator() {
        @Override
        public String pause() {
            asked.add("pause");
            return "The rollout pauses before the next node is taken out.";
        }

        @Override
        public String resume() {
            throw new Problem("The rollout is not paused.");
        }

        @Override
        public String rollBack() {
            asked.add("roll back");
            return "The rollout goes back.";
        }
    };

    @BeforeEach
    void start() {
        token = directory.resolve("token");
        Access access = Access.byToken(
                FakeAgent.TOKEN,
                List.of(new OperatorToken("owner", Role.CRASH, TokenHome.readOrMake(token))),
                entry -> {});
        journals = new JournalStore(directory.resolve("journals"));
        fleet = new Fleet(journals);
        server = LinkServer.start(fleet, 0, access);
    }

    @AfterEach
    void stop() {
        fleet.close();
        server.close();
        journals.close();
    }

    private int run(String wish) {
        return Midwrite.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute("rollout", wish, "--controller", "127.0.0.1:" + server.port(), "--token", token.toString());
    }

    @Test
    void whatIsWantedIsToldAndAnswered() {
        fleet.rollouts(rollouts);

        assertThat(run("pause")).isZero();
        assertThat(run("roll-back")).isZero();
        assertThat(asked).containsExactly("pause", "roll back");
        assertThat(out.toString().lines())
                .containsExactly("The rollout pauses before the next node is taken out.", "The rollout goes back.");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void whatCannotBeDoneIsOneSentence() {
        fleet.rollouts(rollouts);

        assertThat(run("resume")).isEqualTo(ExitCode.REFUSED);
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .startsWith("midwrite: ")
                .contains("The rollout is not paused.");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aControllerWithoutADrillHasNoRollout() {
        assertThat(run("pause")).isEqualTo(ExitCode.REFUSED);
        assertThat(err.toString())
                .contains("This controller runs no drill, so it has no rollout; name the one of 'midwrite drill run'.");
    }

    @Test
    void anythingElseCannotBeWanted() {
        assertThat(run("stop")).isEqualTo(ExitCode.REFUSED);
        assertThat(err.toString()).contains("A rollout can be told to pause, resume or roll-back, not to 'stop'.");
    }
}
