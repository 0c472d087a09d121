package dev.midwrite.agent.it.host;

/** Says one line, sets an exit code, and says whether the JDK's log manager was awake before it. */
public final class TrivialHost {

    private TrivialHost() {}

    public static void main(String[] args) {
        System.out.println("hello");
        System.exit(args.length == 0 ? 0 : Integer.parseInt(args[0]));
    }
}
