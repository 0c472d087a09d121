package dev.midwrite.controller.run;

/** Somebody who does to a run what its timeline would do. */
public interface ByHand {

    /**
     * Called once, on the thread of the run, when users have warmed up; they go on until this returns, and what it has broken is
     * lifted then. What it throws ends the run without a verdict.
     *
     * @param hand serves until this returns
     */
    void drive(Hand hand) throws InterruptedException;
}
