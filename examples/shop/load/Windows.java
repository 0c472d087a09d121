import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Shoppers who have two windows open: one puts something into the cart while the other is still loading it, as pages with scripts
 * do. Both are of one session, and only the first changes it. Knows nothing of Midwrite but where to send requests. Runs until it
 * is ended:
 *
 * <pre>MIDWRITE_FRONT_URL=http://127.0.0.1:8080 java Windows.java [SHOPPERS [PAUSE-MILLIS]]</pre>
 */
public class Windows {
    private static final int SHOPPERS = 10;
    private static final int PAUSE = 200;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final String shop = System.getenv("MIDWRITE_FRONT_URL");
    private final String name;
    private final int pause;
    private volatile String session = "";

    private Windows(String name, int pause) {
        this.name = name;
        this.pause = pause;
    }

    public static void main(String[] args) throws InterruptedException {
        int shoppers = args.length > 0 ? Integer.parseInt(args[0]) : SHOPPERS;
        int pause = args.length > 1 ? Integer.parseInt(args[1]) : PAUSE;
        for (int i = 0; i < shoppers; i++) {
            String name = "shopper-" + i;
            new Thread(() -> new Windows(name, pause).shop(), name).start();
            Thread.sleep(Math.max(1, pause / shoppers)); // So that they do not all act at the same moment.
        }
    }

    private void shop() {
        try {
            for (int turn = 0; true; turn++) {
                step(turn);
                Thread.sleep(pause); // While they look at what they got.
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void step(int turn) {
        try {
            CompletableFuture<Void> added = send(add("thing-" + turn));
            if (!session.isEmpty()) {
                send(look()).join();
            }
            added.join();
            send(look()).join();
        } catch (CompletionException e) {
            System.out.println(name + ": " + e.getCause());
        }
    }

    private HttpRequest add(String item) {
        return request()
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("item=" + item))
                .build();
    }

    private HttpRequest look() {
        return request().GET().build();
    }

    private HttpRequest.Builder request() {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(shop + "/cart")).timeout(TIMEOUT);
        return session.isEmpty() ? request : request.header("Cookie", session);
    }

    private CompletableFuture<Void> send(HttpRequest request) {
        return client.sendAsync(request, BodyHandlers.discarding()).thenAccept(this::take);
    }

    private void take(HttpResponse<Void> answer) {
        for (String cookie : answer.headers().allValues("Set-Cookie")) {
            session = cookie.split(";", 2)[0];
        }
        if (answer.statusCode() >= 400) {
            System.out.println(name + ": status " + answer.statusCode());
        }
    }
}
