package dev.midwrite.agent.it;

import com.sun.tools.attach.VirtualMachine;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A JVM that a test starts, talks to line by line, and sees end: exit code, output and errors are evidence.
 *
 * <p>Not thread-safe. Closing kills it.
 */
public final class HostJvm implements AutoCloseable {
    /** Only so that a hanging test ends; nothing is judged by it. */
    private static final long PATIENCE_SECONDS = 60;

    private static final String END = "\0";

    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final List<String> output = new ArrayList<>();
    private final StringBuilder errors = new StringBuilder();
    private final Thread outReader;
    private final Thread errReader;
    private final BufferedWriter input;

    private HostJvm(Process process) {
        this.process = process;
        this.input = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        this.outReader = reader(process.getInputStream(), lines::add, () -> lines.add(END));
        this.errReader = reader(
                process.getErrorStream(),
                line -> {
                    synchronized (errors) {
                        errors.append(line).append('\n');
                    }
                },
                () -> {});
    }

    /** What to start. */
    public static Builder of(Jdks.Jdk jdk, Class<?> main) {
        return new Builder(jdk, main);
    }

    /** Midwrite's command line as it is shipped. */
    public static Builder controller(Jdks.Jdk jdk) {
        return new Builder(jdk, List.of("-jar", jar("midwrite.it.controller").toString()));
    }

    /** The example service with sessions in memcached, as it is built. */
    public static Builder memcachedSessions(Jdks.Jdk jdk) {
        return new Builder(jdk, List.of("-jar", jar("midwrite.it.memcached").toString()));
    }

    /** The jar as it is shipped. */
    public static Path agentJar() {
        return jar("midwrite.it.jar");
    }

    /** Loads the shipped agent into it; returns when the agent has taken its arguments. */
    public void attach(String agentArguments) throws Exception {
        VirtualMachine jvm = VirtualMachine.attach(Long.toString(process.pid()));
        try {
            jvm.loadAgent(agentJar().toString(), agentArguments);
        } finally {
            jvm.detach();
        }
    }

    private static Path jar(String property) {
        String jar = System.getProperty(property);
        if (jar == null) {
            throw new IllegalStateException(property + " is not set: run these tests with mvn verify");
        }
        return Path.of(jar).toAbsolutePath().normalize();
    }

    /** Collects what a JVM is started with. */
    public static final class Builder {
        private final Jdks.Jdk jdk;
        private final List<String> program;
        private final List<String> options = new ArrayList<>();
        private final List<String> arguments = new ArrayList<>();
        private Path directory;
        private Path home;

        private Builder(Jdks.Jdk jdk, Class<?> main) {
            this(jdk, List.of("-cp", classPath(), main.getName()));
        }

        private Builder(Jdks.Jdk jdk, List<String> program) {
            this.jdk = jdk;
            this.program = program;
        }

        private static String classPath() {
            return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        }

        /** With the agent; empty for no arguments. */
        public Builder agent(String agentArguments) {
            String suffix = agentArguments.isEmpty() ? "" : "=" + agentArguments;
            return option("-javaagent:" + agentJar() + suffix);
        }

        public Builder option(String option) {
            options.add(option);
            return this;
        }

        public Builder argument(Object argument) {
            arguments.add(String.valueOf(argument));
            return this;
        }

        public Builder in(Path workingDirectory) {
            directory = workingDirectory;
            return this;
        }

        /** Of its user, who has no token of a test's. */
        public Builder home(Path userHome) {
            home = userHome;
            return option("-Duser.home=" + userHome);
        }

        /** A host that is killed leaves its temporary files; they belong to the build. */
        private static Path temporary() {
            try {
                return Files.createDirectories(Path.of("target", "tmp").toAbsolutePath());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        public HostJvm start() {
            // A build in the background may have SIGINT ignored; processes inherit that, and Ctrl-C would reach nobody.
            List<String> command = new ArrayList<>(
                    List.of("env", "--default-signal=INT", jdk.java().toString(), "-XX:TieredStopAtLevel=1"));
            command.add("-Djava.io.tmpdir=" + temporary());
            command.addAll(options);
            command.addAll(program);
            command.addAll(arguments);
            ProcessBuilder builder = new ProcessBuilder(command);
            builder.environment().remove("JAVA_TOOL_OPTIONS");
            if (home == null) {
                builder.environment()
                        .put("MIDWRITE_TOKEN", FakeController.tokenFile().toString());
            }
            if (directory != null) {
                builder.directory(directory.toFile());
            }
            try {
                return new HostJvm(builder.start());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Sends a line and waits for the next line of output. */
    public String ask(String line) {
        try {
            input.write(line);
            input.newLine();
            input.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the host is gone: " + errors(), e);
        }
        return nextLine();
    }

    /** Sends a line that the host will not survive. */
    public void tell(String line) {
        try {
            input.write(line);
            input.newLine();
            input.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next line of output. */
    public String nextLine() {
        try {
            String line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (line == null || line.equals(END)) {
                throw new AssertionError("no line from the host; its errors: " + errors() + "; its output: " + output);
            }
            output.add(line);
            return line;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Waits for its end. */
    public int exitCode() {
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("the host does not end; its errors: " + errors());
            }
            outReader.join();
            errReader.join();
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** All lines of output; after its end. */
    public List<String> output() {
        exitCode();
        lines.stream().filter(line -> !line.equals(END)).forEach(output::add);
        lines.clear();
        return output;
    }

    public String errors() {
        synchronized (errors) {
            return errors.toString();
        }
    }

    public Process process() {
        return process;
    }

    /** As Ctrl-C does. */
    public void interrupt() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        exitCode();
    }

    private static Thread reader(InputStream from, java.util.function.Consumer<String> to, Runnable end) {
        Thread thread = new Thread(() -> {
            try (BufferedReader reader = new BufferedReader(new InputStreamReader(from, StandardCharsets.UTF_8))) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    to.accept(line);
                }
            } catch (IOException e) {
                // The process is gone; what it said is kept.
            } finally {
                end.run();
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
