package dev.midwrite.controller.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.plan.StoreSpec;
import dev.midwrite.controller.store.StoreServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReaperTest {
    @TempDir
    Path directory;

    @Test
    void endsLastFirstWhateverFails() {
        List<String> ended = new ArrayList<>();
        Reaper reaper = Reaper.install();
        reaper.add("store", () -> ended.add("store"));
        reaper.add("broken", () -> {
            throw new IllegalStateException("broken on purpose");
        });
        Reaper.Entry gone = reaper.add("gone", () -> ended.add("gone"));
        reaper.add("nodes", () -> ended.add("nodes"));
        gone.close();
        reaper.close();
        reaper.close();
        assertThat(ended).containsExactly("nodes", "store");
        assertThatThrownBy(() -> reaper.add("late", () -> ended.add("late"))).isInstanceOf(Problem.class);
    }

    /** SIGTERM runs shutdown hooks as Ctrl-C does. */
    @Test
    void leavesNothingBehindWhenTheControllerIsTerminated() throws Exception {
        List<ProcessHandle> started = startedAndLeftBy(Process::destroy, 143);
        assertThat(started).noneMatch(ProcessHandle::isAlive);
    }

    /** SIGKILL runs nothing: who reads the controller's pipe sees that it is gone. */
    @Test
    void leavesNothingBehindWhenTheControllerIsKilled() throws Exception {
        List<ProcessHandle> started = startedAndLeftBy(Process::destroyForcibly, 137);
        await().atMost(Duration.ofSeconds(10)).until(() -> started.stream().noneMatch(ProcessHandle::isAlive));
    }

    /** @return two nodes, a Redis, and the watchdog */
    private List<ProcessHandle> startedAndLeftBy(Consumer<Process> end, int status) throws Exception {
        Process controller = new ProcessBuilder(
                        TinyRun.JAVA.toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Controller.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .start();
        List<ProcessHandle> started;
        try (BufferedReader out = controller.inputReader()) {
            String line = out.readLine();
            assertThat(line).startsWith("pids ");
            started = Arrays.stream(line.substring(5).split(" "))
                    .map(pid -> ProcessHandle.of(Long.parseLong(pid)))
                    .flatMap(Optional::stream)
                    .toList();
            assertThat(started).hasSize(4).allMatch(ProcessHandle::isAlive);
            end.accept(controller);
            assertThat(controller.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            controller.destroyForcibly();
        }
        assertThat(controller.exitValue()).isEqualTo(status);
        return started;
    }

    /** Two nodes and a Redis, started and then left to the reaper. */
    static final class Controller {
        private Controller() {}

        public static void main(String[] args) throws IOException, InterruptedException {
            Path directory = Path.of(args[0]);
            TinyRun run = new TinyRun(directory);
            StoreServer.start(new StoreSpec("redis", StoreSpec.EMBEDDED), directory, run.reaper);
            run.nodes("ok", "node-1", "node-2").start();
            Stream<ProcessHandle> children = ProcessHandle.current().children();
            System.out.println("pids "
                    + String.join(
                            " ",
                            children.map(child -> Long.toString(child.pid())).toList()));
            new CountDownLatch(1).await();
        }
    }
}
