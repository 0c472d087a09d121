package dev.midwrite.controller.run;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.identity.Access;
import dev.midwrite.controller.identity.CommandFile;
import dev.midwrite.controller.identity.OperatorToken;
import dev.midwrite.controller.identity.PublishedToken;
import dev.midwrite.controller.identity.Role;
import dev.midwrite.controller.identity.TokenHome;
import dev.midwrite.controller.nodes.Reaper;
import dev.midwrite.controller.serve.LinkServer;
import dev.midwrite.event.Token;
import java.util.List;

/** Whom a run lets in: its nodes' agents, and commands of its user. */
final class RunAccess implements AutoCloseable {
    private final RunSetting setting;
    private final Token operators = Token.random();
    private final Access access;
    private PublishedToken published;
    private Reaper.Entry atTheEnd;

    /** @param areElsewhere agents are not started by the run, and so have the user's own token */
    RunAccess(RunSetting setting, boolean areElsewhere) {
        this.setting = setting;
        this.access = Access.byToken(
                areElsewhere ? TokenHome.find().agents() : Token.random(),
                List.of(new OperatorToken("owner", Role.CRASH, operators)),
                CommandFile.in(setting.directory()));
    }

    Access access() {
        return access;
    }

    /** Lets the user's commands find their token; a run needs none, so that it goes on without. */
    void publish(LinkServer link) {
        try {
            published = TokenHome.find().publish(operators, link.address(), link.port());
            atTheEnd = setting.reaper().add("the token of commands", published::close);
        } catch (Problem e) {
            setting.progress()
                    .note(Note.of("No command reaches this run: " + e.getMessage())
                            .warning());
        }
    }

    @Override
    public void close() {
        if (published != null) {
            published.close();
        }
        if (atTheEnd != null) {
            atTheEnd.close();
        }
    }
}
