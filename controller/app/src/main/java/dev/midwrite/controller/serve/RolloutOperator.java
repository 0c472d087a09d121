package dev.midwrite.controller.serve;

/** What somebody may ask of a run's rollouts while they are under way; each answer is a sentence. Thread-safe. */
public interface RolloutOperator {

    /** @throws dev.midwrite.controller.Problem if no rollout is under way */
    String pause();

    /** @throws dev.midwrite.controller.Problem if none is paused */
    String resume();

    /** @throws dev.midwrite.controller.Problem if no rollout is under way */
    String rollBack();
}
