package dev.midwrite.controller.browser;

import com.fasterxml.jackson.databind.JsonNode;
import dev.midwrite.controller.Problem;
import dev.midwrite.controller.nodes.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Chromium, or a browser made from it, with one page and no window. Not thread-safe. */
public final class Browser implements AutoCloseable {
    /** Another program than those that are looked for. */
    public static final String VARIABLE = "MIDWRITE_BROWSER";

    private static final List<String> NAMES = List.of(
            "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge");

    private static final Path ON_A_MAC = Path.of("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");

    private static final long PATIENCE_SECONDS = 5;

    private final Path profile;
    private final Process process;
    private final Thread atExit;
    private final DevTools tools;
    private final String session;

    private Browser(Path profile, Process process) throws InterruptedException {
        this.profile = profile;
        this.process = process;
        this.atExit = new Thread(this::end);
        Runtime.getRuntime().addShutdownHook(atExit);
        this.tools = new DevTools(process.getOutputStream(), process.getInputStream());
        try {
            String target = tools.ask("", "Target.createTarget", Map.of("url", "about:blank"))
                    .path("targetId")
                    .asText();
            session = tools.ask("", "Target.attachToTarget", Map.of("targetId", target, "flatten", true))
                    .path("sessionId")
                    .asText();
            for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
                ask(domain + ".enable", Map.of());
            }
        } catch (Problem e) {
            close();
            throw e;
        }
    }

    /** The program that {@link #VARIABLE} names, else the first that is found; empty if none is installed. */
    public static Optional<Path> installed() {
        return installed(System.getenv());
    }

    static Optional<Path> installed(Map<String, String> environment) {
        String named = environment.get(VARIABLE);
        if (named != null && !named.isEmpty()) {
            return Optional.of(Path.of(named)).filter(Files::isExecutable);
        }
        String path = environment.getOrDefault("PATH", "");
        return NAMES.stream()
                .flatMap(name -> Programs.find(name, path).stream())
                .findFirst()
                .or(() -> Optional.of(ON_A_MAC).filter(Files::isExecutable));
    }

    /**
     * Starts a browser; it ends when it is closed, and when this JVM does.
     *
     * @throws Problem if it does not start
     */
    public static Browser start(Path program) throws InterruptedException {
        try {
            Path profile = Files.createTempDirectory("midwrite-browser");
            List<String> command = new ArrayList<>(List.of(
                    // The protocol is spoken on descriptors 3 and 4, which Java cannot give a process.
                    "sh",
                    "-c",
                    "exec \"$0\" \"$@\" 3<&0 4>&1 </dev/null >/dev/null",
                    program.toString(),
                    "--headless=new",
                    "--remote-debugging-pipe",
                    "--user-data-dir=" + profile,
                    "--no-first-run",
                    "--disable-gpu",
                    "--disable-dev-shm-usage",
                    "--disable-background-networking",
                    "--hide-scrollbars"));
            if (System.getProperty("user.name").equals("root")) {
                // Chromium has no sandbox for root; the page is ours and asks for nothing.
                command.add("--no-sandbox");
            }
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return new Browser(profile, process);
        } catch (IOException e) {
            throw new Problem("The browser " + program + " cannot be started: " + e.getMessage() + ".", e);
        }
    }

    private JsonNode ask(String method, Map<String, ?> parameters) throws InterruptedException {
        return tools.ask(session, method, parameters);
    }

    /**
     * Shows the page of a file, and returns when it is there.
     *
     * @param width and {@code height} of what is seen of it, in pixels
     * @param dark whether it is told that its reader likes it dark
     */
    public void show(Path page, int width, int height, boolean dark) throws InterruptedException {
        ask(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        ask(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(
                                Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"),
                                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
        CompletableFuture<JsonNode> loaded = tools.next("Page.loadEventFired");
        ask("Page.navigate", Map.of("url", page.toUri().toString()));
        DevTools.await(loaded, "Page.navigate");
    }

    /**
     * The value of an expression of JavaScript on the page.
     *
     * @throws Problem if it throws
     */
    public JsonNode value(String expression) throws InterruptedException {
        JsonNode result =
                ask("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
        if (result.has("exceptionDetails")) {
            throw new Problem("The page's script failed: "
                    + result.path("exceptionDetails")
                            .path("exception")
                            .path("description")
                            .asText() + ".");
        }
        return result.path("result").path("value");
    }

    /** A key is pressed, such as {@code Tab} or {@code ArrowRight}, and let go. */
    public void press(String key, int code) throws InterruptedException {
        for (String type : List.of("keyDown", "keyUp")) {
            ask("Input.dispatchKeyEvent", Map.of("type", type, "key", key, "code", key, "windowsVirtualKeyCode", code));
        }
    }

    /** What the page asked for, logged or did since the browser started: events of the DevTools protocol. */
    public List<JsonNode> events() {
        return tools.events();
    }

    /** The page from its top as PNG, whatever is seen of it. */
    public byte[] picture(int width, int height) throws InterruptedException {
        JsonNode result = ask(
                "Page.captureScreenshot",
                Map.of(
                        "format",
                        "png",
                        "captureBeyondViewport",
                        true,
                        "clip",
                        Map.of("x", 0, "y", 0, "width", width, "height", height, "scale", 1)));
        return Base64.getDecoder().decode(result.path("data").asText());
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // This JVM ends already, and the hook does the rest.
            return;
        }
        end();
    }

    private void end() {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        try {
            process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            for (ProcessHandle each : all) {
                each.onExit()
                        .completeOnTimeout(each, PATIENCE_SECONDS, TimeUnit.SECONDS)
                        .join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try (Stream<Path> files = Files.walk(profile)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException | UncheckedIOException e) {
            // It lies in the directory for temporary files, where the system tidies up.
        }
    }
}
