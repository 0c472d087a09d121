package dev.midwrite.controller.attach;

import dev.midwrite.controller.Problem;
import java.time.Duration;
import java.util.List;

/** Sends an agent into a JVM that runs, and waits for its word. */
public final class Attachment {
    private static final Duration LOOK = Duration.ofMillis(50);

    private final AgentRequest request;
    private final Duration patience;

    /** @param patience how long the weaving of classes in use is waited for */
    public Attachment(AgentRequest request, Duration patience) {
        this.request = request;
        this.patience = patience;
    }

    /**
     * What came of it.
     *
     * @param notes what is good to know
     * @param word the agent's; without points if those took too long
     */
    public record Result(List<Obstacle> notes, AgentWord word) {}

    /**
     * Attaches, if nothing stands in the way.
     *
     * @throws Problem if something does, or the agent says that it does not start: then nothing has changed there
     */
    public Result to(long pid) throws InterruptedException {
        Doctor doctor = new Doctor(request);
        Obstacle.refuse(doctor.machine());
        Obstacle.refuse(ProcessFacts.of(pid).obstacles(request.jar()));
        try (TargetJvm jvm = TargetJvm.attach(pid)) {
            List<Obstacle> inside = doctor.inside(pid, jvm);
            Obstacle.refuse(inside);
            jvm.load(request.jar(), request.arguments());
            AgentWord word = AgentWord.of(jvm.agents());
            if (!word.isHere()) {
                throw new Problem("The agent did not start in process " + pid + ": " + word.reason() + ".");
            }
            long deadline = System.nanoTime() + patience.toNanos();
            while (word.points() == null && System.nanoTime() - deadline < 0) {
                // Nothing in the attach API tells that a property of the other JVM has changed.
                Thread.sleep(LOOK.toMillis());
                word = AgentWord.of(jvm.agents());
            }
            return new Result(inside, word);
        }
    }
}
