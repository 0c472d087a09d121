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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReaperTest {
    private static final int PROCESSES = 6;

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

    /** @return two nodes, a Redis, a load command with a process of its own, and the watchdog */
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
            assertThat(started).hasSize(PROCESSES).allMatch(ProcessHandle::isAlive);
            end.accept(controller);
            assertThat(controller.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            controller.destroyForcibly();
        }
        assertThat(controller.exitValue()).isEqualTo(status);
        return started;
    }

    /** Two nodes, a Redis and a load command, started and then left to the reaper. */
    static final class Controller {
        private Controller() {}

        public static void main(String[] args) throws IOException, InterruptedException {
            Path directory = Path.of(args[0]);
            TinyRun run = new TinyRun(directory);
            StoreServer.start(new StoreSpec("redis", StoreSpec.EMBEDDED), directory, run.reaper);
            run.nodes("ok", "node-1", "node-2").start();
            LoadCommand.start(
                    List.of("sh", "-c", "sleep 600 & wait"),
                    Map.of(),
                    directory,
                    directory.resolve("load/command.log"),
                    run.reaper);
            await().until(() -> ProcessHandle.current().descendants().count() == PROCESSES);
            System.out.println("pids "
                    + ProcessHandle.current()
                            .descendants()
                            .map(process -> Long.toString(process.pid()))
                            .collect(Collectors.joining(" ")));
            new CountDownLatch(1).await();
        }
    }
}
