import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * A small load for the shop, in the place of JMeter, Gatling or k6: some shoppers who fill their carts, log in, look at what
 * they have, and log out now and then. It knows nothing of Midwrite but where to send requests. Runs until it is ended:
 *
 * <pre>MIDWRITE_FRONT_URL=http://127.0.0.1:8080 java Shoppers.java [SHOPPERS [PAUSE-MILLIS]]</pre>
 */
public class Shoppers {
    private static final int SHOPPERS = 20;
    private static final int PAUSE = 150;
    private static final int LOGOUT_EVERY = 30;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final String shop = System.getenv("MIDWRITE_FRONT_URL");
    private final String name;
    private final int pause;
    private String session = "";
    private boolean loggedIn;

    private Shoppers(String name, int pause) {
        this.name = name;
        this.pause = pause;
    }

    public static void main(String[] args) throws InterruptedException {
        int shoppers = args.length > 0 ? Integer.parseInt(args[0]) : SHOPPERS;
        int pause = args.length > 1 ? Integer.parseInt(args[1]) : PAUSE;
        for (int i = 0; i < shoppers; i++) {
            String name = "shopper-" + i;
            new Thread(() -> new Shoppers(name, pause).shop(), name).start();
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

    private void step(int turn) throws InterruptedException {
        try {
            if (session.isEmpty()) {
                post("/cart", "item=seen-before-the-login");
                loggedIn = false;
            } else if (!loggedIn) {
                // The shop changes the id here.
                post("/login", "name=" + name);
                loggedIn = true;
            } else if (turn % LOGOUT_EVERY == LOGOUT_EVERY - 1) {
                post("/logout", "");
                session = "";
            } else if (turn % 2 == 0) {
                post("/cart", "item=thing-" + turn);
            } else {
                send(request("/cart").GET());
            }
        } catch (IOException e) {
            System.out.println(name + ": " + e);
        }
    }

    private void post(String path, String form) throws IOException, InterruptedException {
        send(request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(shop + path)).timeout(Duration.ofSeconds(10));
        return session.isEmpty() ? request : request.header("Cookie", session);
    }

    private void send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<Void> answer = client.send(request.build(), BodyHandlers.discarding());
        for (String cookie : answer.headers().allValues("Set-Cookie")) {
            session = cookie.split(";", 2)[0];
        }
        if (answer.statusCode() >= 400) {
            System.out.println(name + ": status " + answer.statusCode());
        }
    }
}
