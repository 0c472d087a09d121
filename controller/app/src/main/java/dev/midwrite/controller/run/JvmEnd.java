package dev.midwrite.controller.run;

/** The end of this JVM, such as by Ctrl-C: it ends the nodes under a trial, and that is no trial that broke, or failed. */
public final class JvmEnd {
    private JvmEnd() {}

    /** @throws InterruptedException if the JVM is ending */
    public static void stopIfNear() throws InterruptedException {
        Thread probe = new Thread(() -> {});
        try {
            Runtime.getRuntime().addShutdownHook(probe);
            Runtime.getRuntime().removeShutdownHook(probe);
        } catch (IllegalStateException e) {
            throw new InterruptedException("the JVM is ending");
        }
    }
}
