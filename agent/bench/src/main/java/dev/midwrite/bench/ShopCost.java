package dev.midwrite.bench;

import dev.midwrite.controller.identity.Access;
import dev.midwrite.controller.identity.CommandFile;
import dev.midwrite.controller.identity.TokenHome;
import dev.midwrite.controller.nodes.Reaper;
import dev.midwrite.controller.plan.StoreSpec;
import dev.midwrite.controller.serve.Fleet;
import dev.midwrite.controller.serve.JournalStore;
import dev.midwrite.controller.serve.LinkServer;
import dev.midwrite.controller.store.RedisStore;
import dev.midwrite.controller.store.StoreServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Prints start-up time, peak memory and requests per second of the example shop: alone, with a dormant agent, with an
 * agent that records, and with Byteman. One Redis serves all; the modes take turns.
 */
public final class ShopCost {
    private static final int ROUNDS = 5;

    private ShopCost() {}

    public static void main(String[] args) throws Exception {
        Path shop = Path.of(System.getProperty("midwrite.shop.jar", "examples/shop/target/midwrite-shop.jar"));
        Path directory = Files.createTempDirectory("midwrite-bench");
        Path token = directory.resolve("agent.token");
        Access access = Access.byToken(TokenHome.readOrMake(token), List.of(), CommandFile.in(directory));
        try (Reaper reaper = Reaper.install();
                StoreServer store = StoreServer.start(new StoreSpec("redis", StoreSpec.EMBEDDED), directory, reaper);
                JournalStore journals = new JournalStore(directory.resolve("journals"));
                Fleet fleet = new Fleet(journals);
                LinkServer server = LinkServer.start(fleet, 0, access)) {
            String agent = "-javaagent:" + Surroundings.agentJar();
            Map<String, List<String>> modes = new LinkedHashMap<>();
            modes.put("no agent", List.of());
            modes.put("Midwrite, dormant", List.of(agent));
            modes.put(
                    "Midwrite, recording",
                    List.of(agent + "=node=shop,controller=127.0.0.1:" + server.port() + ",token=" + token
                            + ",journal="
                            + directory.resolve("agents")));
            modes.put("Byteman, no rules", List.of("-javaagent:" + Surroundings.jarOf("org.jboss.byteman.agent.Main")));

            Map<String, List<ShopRun>> runs = new LinkedHashMap<>();
            RedisStore redis = (RedisStore) store.backend();
            for (int round = 0; round < ROUNDS; round++) {
                for (var mode : modes.entrySet()) {
                    ShopRun run = ShopRun.measure(shop, mode.getValue(), redis.host(), redis.port(), directory, fleet);
                    runs.computeIfAbsent(mode.getKey(), key -> new ArrayList<>())
                            .add(run);
                }
            }
            System.out.println("| shop on JDK " + System.getProperty("java.version")
                    + " | ready after, ms | peak memory, MiB | requests/s | journal records |");
            System.out.println("|---|---|---|---|---|");
            runs.forEach((mode, measured) -> System.out.printf(
                    Locale.ROOT,
                    "| %s | %.0f | %.0f | %.0f | %.0f |%n",
                    mode,
                    median(measured, ShopRun::readyMillis),
                    median(measured, ShopRun::mebibytes),
                    median(measured, ShopRun::requestsPerSecond),
                    median(measured, ShopRun::records)));
        } finally {
            Surroundings.delete(directory);
        }
    }

    private static double median(List<ShopRun> runs, ToDoubleFunction<ShopRun> figure) {
        double[] values = runs.stream().mapToDouble(figure).toArray();
        Arrays.sort(values);
        return values[values.length / 2];
    }
}
