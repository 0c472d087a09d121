package dev.midwrite.controller.attach;

import dev.midwrite.controller.Problem;

/** Lets the agent in a JVM leave it. */
public final class Detachment {
    private static final String LEAVE = "leave";
    private static final String STAYS = "what stays";

    private Detachment() {}

    /**
     * What came of it.
     *
     * @param line the agent's last words
     * @param isWhole it took everything back
     */
    public record Result(String line, boolean isWhole) {}

    /**
     * Returns when it has left.
     *
     * @param request its jar: whatever agent is there, the JVM wants a jar to be told something
     * @throws Problem if there is none, or it cannot be told: then nothing has changed there
     */
    public static Result from(long pid, AgentRequest request) {
        Obstacle.refuse(new Doctor(request).machine());
        Obstacle.refuse(ProcessFacts.of(pid).obstacles(request.jar()));
        try (TargetJvm jvm = TargetJvm.attach(pid)) {
            if (!AgentWord.of(jvm.agents()).isHere()) {
                throw new Problem("No agent is in process " + pid + ".");
            }
            jvm.load(request.jar(), LEAVE);
            AgentWord word = AgentWord.of(jvm.agents());
            return word.isHere()
                    ? new Result("did not leave; its standard error may say why", false)
                    : new Result(word.answer(), !word.answer().contains(STAYS));
        }
    }
}
