package dev.midwrite.junit;

import dev.midwrite.controller.run.ByHand;
import dev.midwrite.controller.run.Hand;
import org.junit.jupiter.api.extension.InvocationInterceptor.Invocation;

/** A method's body in the place of a timeline, and what its parameters reach meanwhile. One use. */
final class Driven implements ByHand {
    private Invocation<Void> body;
    private Hand hand;

    /** What the body has thrown, on its way through a run that ends by it. */
    static final class Thrown extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Thrown(Throwable cause) {
            super(cause);
        }
    }

    Cluster cluster() {
        return new Cluster(this::hand);
    }

    Users users() {
        return new Users(this::hand);
    }

    Driven with(Invocation<Void> invocation) {
        body = invocation;
        return this;
    }

    /** Whether the body has not begun. */
    boolean isPending() {
        return body != null;
    }

    @Override
    public void drive(Hand given) {
        Invocation<Void> once = body;
        body = null;
        hand = given;
        try {
            once.proceed();
        } catch (Throwable e) {
            throw new Thrown(e);
        } finally {
            hand = null;
        }
    }

    private Hand hand() {
        if (hand == null) {
            throw new IllegalStateException(
                    "Cluster and Users can be used while the test's method runs, and not beyond.");
        }
        return hand;
    }
}
