package load;

import static us.abstracta.jmeter.javadsl.JmeterDsl.constantTimer;
import static us.abstracta.jmeter.javadsl.JmeterDsl.httpCache;
import static us.abstracta.jmeter.javadsl.JmeterDsl.httpCookies;
import static us.abstracta.jmeter.javadsl.JmeterDsl.httpSampler;
import static us.abstracta.jmeter.javadsl.JmeterDsl.jtlWriter;
import static us.abstracta.jmeter.javadsl.JmeterDsl.testPlan;
import static us.abstracta.jmeter.javadsl.JmeterDsl.threadGroup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import us.abstracta.jmeter.javadsl.core.threadgroups.DslDefaultThreadGroup;
import us.abstracta.jmeter.javadsl.http.DslHttpSampler;

/**
 * Shoppers of JMeter's, each of whom fills a cart, logs in, goes on shopping and logs out, again and again:
 *
 * <pre>MIDWRITE_FRONT_URL=http://127.0.0.1:8080 java -cp 'target/classes:target/lib/*' load.ShopLoad SECONDS [DIRECTORY]</pre>
 *
 * <p>With a directory, its results are in {@code results.jtl} there.
 */
public final class ShopLoad {
    private static final String RESULTS = "results.jtl";
    private static final int SHOPPERS = 20;
    private static final int TURNS = 8;
    private static final Duration PAUSE = Duration.ofMillis(150);

    private ShopLoad() {}

    public static void main(String[] args) throws IOException {
        String shop = System.getenv("MIDWRITE_FRONT_URL");
        DslDefaultThreadGroup shoppers = threadGroup(SHOPPERS, Duration.ofSeconds(Long.parseLong(args[0])))
                .children(
                        // Each round is another person, whose browser has no cookies yet.
                        httpCookies(), httpCache().disable(), constantTimer(PAUSE), form(shop + "/cart", "item", "first"));
        shoppers.children(form(shop + "/login", "name", "shopper-${__threadNum}"));
        for (int turn = 0; turn < TURNS; turn++) {
            shoppers.children(form(shop + "/cart", "item", "thing-" + turn), httpSampler("look", shop + "/cart"));
        }
        shoppers.children(httpSampler("leave", shop + "/logout").method("POST"));
        if (args.length > 1) {
            // JMeter adds to a file that is there.
            Files.deleteIfExists(Path.of(args[1], RESULTS));
            shoppers.children(jtlWriter(args[1], RESULTS));
        }
        testPlan(shoppers).run();
    }

    private static DslHttpSampler form(String url, String field, String value) {
        return httpSampler(url.substring(url.lastIndexOf('/') + 1), url).method("POST").param(field, value);
    }
}
