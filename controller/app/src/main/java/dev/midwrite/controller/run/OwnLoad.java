package dev.midwrite.controller.run;

import dev.midwrite.controller.history.Bundle;
import dev.midwrite.controller.history.TraceFacts;
import dev.midwrite.controller.history.TraceIds;
import dev.midwrite.controller.plan.Drill;
import dev.midwrite.controller.sockets.Sockets;
import dev.midwrite.controller.users.Entrance;
import dev.midwrite.controller.users.FinalReads;
import dev.midwrite.controller.users.Router;
import dev.midwrite.controller.users.UserPopulation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Users of ours.
 *
 * @param sockets that their sessions hold, if the drill has any
 * @param traces that their requests name
 * @param entrance through which they go, if they do
 */
record OwnLoad(
        UserPopulation users,
        Optional<Sockets> sockets,
        Drill drill,
        Optional<TraceIds> traces,
        Router router,
        Optional<Entrance> entrance)
        implements Load {

    @Override
    public String words() {
        UserPopulation.Progress progress = users.progress();
        return progress.users() + " users, " + progress.ok() + " ok, " + progress.fail() + " failed, " + progress.info()
                + " unknown";
    }

    @Override
    public Answers answers() {
        UserPopulation.Progress progress = users.progress();
        return new Answers(progress.ok(), progress.fail(), progress.info());
    }

    @Override
    public void stopNew() {
        users.stopNew();
    }

    @Override
    public void quiesce(Duration patience) throws InterruptedException {
        users.quiesce(patience);
        if (sockets.isPresent()) {
            sockets.get().rest();
        }
    }

    @Override
    public void readAll(Progress progress) throws InterruptedException {
        if (sockets.isPresent()) {
            sockets.get().ask();
        }
        FinalReads reads = users.finalReads(drill.users().finalReads());
        if (reads.reads() < reads.wanted()) {
            progress.note((reads.wanted() - reads.reads()) + " of " + reads.wanted() + " final reads had no answer; "
                    + reads.unasked() + " of these were not sent in the time given.");
        }
    }

    @Override
    public void describe(Bundle bundle) throws InterruptedException {
        bundle.write(users.load());
        bundle.write(users.latency());
        traces.ifPresent(ids -> bundle.write(TraceFacts.of(
                ids,
                router.targets().stream()
                        .collect(Collectors.toMap(
                                Router.Target::name, target -> target.address().toString())))));
        if (sockets.isPresent()) {
            bundle.write(sockets.get().facts());
        }
    }

    @Override
    public void leave(Duration patience) throws InterruptedException {
        users.leave(patience);
    }

    @Override
    public List<String> attributes() {
        return UserPopulation.attributes(drill.users().flow());
    }

    @Override
    public List<Long> probeSessions() {
        return users.probeSessions();
    }

    @Override
    public List<String> broken() {
        return entrance.map(Entrance::broken).orElse(List.of());
    }

    @Override
    public void close() {
        sockets.ifPresent(Sockets::close);
        users.close();
        // What it still writes as it ends must be there when the bundle is sealed.
        entrance.ifPresent(Entrance::close);
    }
}
