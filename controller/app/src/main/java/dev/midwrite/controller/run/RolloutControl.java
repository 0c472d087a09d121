package dev.midwrite.controller.run;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.serve.RolloutOperator;
import java.util.Optional;

/** What is wanted of the rollouts that are under way, by whoever wants it. Thread-safe. */
final class RolloutControl implements RolloutOperator {
    private int underWay;
    private boolean paused;
    private boolean over;
    private String back = "";

    synchronized void begin() {
        if (underWay++ == 0) {
            paused = false;
            back = "";
        }
    }

    synchronized void end() {
        underWay--;
    }

    /** Users stop now: what is paused is not resumed any more. */
    synchronized void usersStop() {
        over = true;
    }

    /**
     * Nothing more is replaced until somebody resumes it.
     *
     * @return whether anybody can: not once users stop
     */
    synchronized boolean hold() {
        paused = !over;
        return paused;
    }

    synchronized boolean over() {
        return over;
    }

    synchronized boolean paused() {
        return paused && !over;
    }

    /** Why all are to go back, if they are. */
    synchronized Optional<String> back() {
        return back.isEmpty() ? Optional.empty() : Optional.of(back);
    }

    @Override
    public synchronized String pause() {
        require();
        if (over) {
            throw new Problem("The users' time is over, so the rollout can only go on, or back.");
        }
        boolean already = paused;
        hold();
        return already ? "The rollout is paused already." : "The rollout pauses before the next node is taken out.";
    }

    @Override
    public synchronized String resume() {
        require();
        if (!paused) {
            throw new Problem("The rollout is not paused.");
        }
        paused = false;
        return "The rollout goes on.";
    }

    @Override
    public synchronized String rollBack() {
        require();
        paused = false;
        back = "somebody asked for it.";
        return "The rollout goes back as soon as the node that it is at is replaced.";
    }

    private void require() {
        if (underWay == 0) {
            throw new Problem("No rollout is under way.");
        }
    }
}
