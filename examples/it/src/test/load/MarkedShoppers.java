import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * Shoppers who show everything that nobody else may learn, in each place where a request can hold it. (But for its path: Spring
 * writes that of a page that is not there into the application's log.) The marks end with the secret in {@code MARKED_LOAD}, so
 * that no source of ours holds one. Runs until it is ended, and prints nothing.
 */
public class MarkedShoppers {
    private static final int SHOPPERS = 5;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final String shop = System.getenv("MIDWRITE_FRONT_URL");
    private final String secret = System.getenv("MARKED_LOAD");
    private String session = "";

    public static void main(String[] args) {
        for (int i = 0; i < SHOPPERS; i++) {
            new Thread(new MarkedShoppers()::shop).start();
        }
    }

    private void shop() {
        try {
            for (int turn = 0; true; turn++) {
                step(turn % 8);
                Thread.sleep(120); // Think time: the front is to see shoppers, and not as much as the machine can send.
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void step(int turn) throws InterruptedException {
        switch (turn) {
            case 0 -> send("/cart", "item=value-" + secret);
            case 1 -> send("/login", "name=principal-" + secret);
            case 5 -> send("/page?query=query-" + secret, "body=body-" + secret);
            case 7 -> {
                send("/logout", "");
                session = "";
            }
            default -> send("/cart?query=query-" + secret, turn % 2 == 0 ? "item=value-" + secret : "");
        }
    }

    private void send(String path, String form) throws InterruptedException {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(shop + path))
                    .timeout(Duration.ofSeconds(10))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .header("Authorization", "Bearer bearer-" + secret)
                    .header("X-Api-Key", "key-" + secret)
                    .header("Referer", "http://shop.example/referer-" + secret)
                    .header("User-Agent", "agent-" + secret)
                    .header("Cookie", "remember-me=cookie-" + secret + (session.isEmpty() ? "" : "; " + session));
            HttpResponse<Void> answer = client.send(
                    form.isEmpty() ? request.build() : request.POST(BodyPublishers.ofString(form)).build(),
                    BodyHandlers.discarding());
            for (String cookie : answer.headers().allValues("Set-Cookie")) {
                session = cookie.split(";", 2)[0];
            }
        } catch (IOException e) {
            session = "";
        }
    }
}
