package dev.midwrite.controller.nodes;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.plan.KubernetesSpec;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What a drill calls {@code all}: as many pods as the Deployment is to have. */
final class AllPods implements Node {
    private final Pods pods;

    AllPods(Pods pods) {
        this.pods = pods;
    }

    @Override
    public String name() {
        return KubernetesSpec.ALL;
    }

    @Override
    public List<String> names() {
        return pods.all().stream().filter(Node::alive).map(Node::name).toList();
    }

    @Override
    public URI uri() {
        throw new Problem("There is no address of all pods.");
    }

    @Override
    public boolean alive() {
        return pods.all().stream().anyMatch(Node::alive);
    }

    @Override
    public boolean ready() {
        return pods.whole();
    }

    @Override
    public int starts() {
        return pods.all().stream().mapToInt(Node::starts).sum();
    }

    @Override
    public boolean ours() {
        return false;
    }

    @Override
    public Path log() {
        return null;
    }

    @Override
    public RolledOut rollOut() throws InterruptedException {
        return pods.rollOut();
    }

    /** @throws Problem also if it was taken back */
    @Override
    public void restart() throws InterruptedException {
        rollOut().takenBack().ifPresent(why -> {
            throw new Problem(why);
        });
    }

    @Override
    public void start() {
        throw only();
    }

    @Override
    public void stop() {
        throw only();
    }

    @Override
    public void kill() {
        throw only();
    }

    @Override
    public boolean terminate(Duration grace) {
        throw only();
    }

    @Override
    public void version(String name) {
        throw only();
    }

    @Override
    public String version() {
        return "";
    }

    private static Problem only() {
        return new Problem("All pods can only be restarted together.");
    }
}
