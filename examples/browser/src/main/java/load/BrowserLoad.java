package load;

import java.io.File;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.openqa.selenium.By;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/**
 * Shoppers in a real browser, one after the other: each has several tabs open, which share one cookie and load parts of their pages
 * all at once. Runs until it is ended:
 *
 * <pre>MIDWRITE_FRONT_URL=http://127.0.0.1:8080 java -cp 'target/classes:target/lib/*' load.BrowserLoad [TURNS]</pre>
 *
 * <p>Needs Chromium and its driver: Debian's {@code chromium} and {@code chromium-driver}.
 */
public final class BrowserLoad {
    private static final String BROWSER = "/usr/bin/chromium";
    private static final String DRIVER = "/usr/bin/chromedriver";
    private static final int TABS = 3;
    private static final int TURNS = 15;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** A page's scripts ask for all of its parts together, and one of them may change something. */
    private static final String BEGIN = """
            const parts = [fetch('/cart'), fetch('/cart'), fetch('/cart')];
            if (arguments[0]) {
              parts.push(fetch('/cart', {method: 'POST', body: new URLSearchParams({item: arguments[0]})}));
            }
            window.parts = Promise.all(parts.map(part => part.then(answer => answer.status, error => String(error))));
            """;

    private static final String END = """
            const done = arguments[arguments.length - 1];
            window.parts.then(all => done(all.filter(each => each !== 200).join(' ')));
            """;

    private static final String SHOWN = """
            const [words, done] = arguments;
            (function look() {
              document.getElementById('user').textContent === words ? done() : setTimeout(look, 20);
            })();
            """;

    private final String shop = System.getenv("MIDWRITE_FRONT_URL");
    private final ChromeDriver browser;
    private final List<String> tabs = new ArrayList<>();
    private volatile boolean ended;

    private BrowserLoad(ChromeDriver browser) {
        this.browser = browser;
    }

    public static void main(String[] args) {
        int turns = args.length > 0 ? Integer.parseInt(args[0]) : TURNS;
        ChromeDriverService driver =
                new ChromeDriverService.Builder().usingDriverExecutable(new File(DRIVER)).build();
        ChromeOptions options = new ChromeOptions();
        options.setBinary(BROWSER);
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-proxy-server",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update");
        BrowserLoad load = new BrowserLoad(new ChromeDriver(driver, options));
        Runtime.getRuntime().addShutdownHook(new Thread(load::end));
        load.open();
        for (int shopper = 0; !load.ended; shopper++) {
            load.shop("shopper-" + shopper, turns);
        }
    }

    private void end() {
        ended = true;
        browser.quit();
    }

    private void open() {
        browser.manage().timeouts().pageLoadTimeout(PATIENCE).scriptTimeout(PATIENCE);
        tabs.add(browser.getWindowHandle());
        while (tabs.size() < TABS) {
            tabs.add(browser.switchTo().newWindow(WindowType.TAB).getWindowHandle());
        }
    }

    private void shop(String name, int turns) {
        try {
            for (String tab : tabs) {
                browser.switchTo().window(tab);
                browser.get(shop + "/");
            }
            browser.manage().deleteAllCookies();
            // Alone: only from now on is there a session, and a login exchanges its id.
            inParts(List.of(tabs.get(0)), "first");
            submit("/login", "name", name, "Hello, " + name + ".");
            for (int turn = 0; turn < turns && !ended; turn++) {
                inParts(tabs, "thing-" + turn);
                browser.get(shop + "/");
            }
            submit("/logout", "", "", "Nobody is logged in.");
        } catch (WebDriverException e) {
            if (!ended) {
                System.out.println(name + ": " + e.getMessage());
            }
        }
    }

    /** In all of these tabs at once; in the first of them something is put into the cart. */
    private void inParts(List<String> among, String item) {
        for (String tab : among) {
            browser.switchTo().window(tab);
            browser.executeScript(BEGIN, tab.equals(among.get(0)) ? item : "");
        }
        for (String tab : among) {
            browser.switchTo().window(tab);
            say(browser.executeAsyncScript(END));
        }
    }

    /** As people do it: a field is filled in, a button is pressed. */
    private void submit(String form, String field, String value, String shown) {
        WebElement of = browser.findElement(By.cssSelector("form[data-path='" + form + "']"));
        if (!field.isEmpty()) {
            of.findElement(By.name(field)).sendKeys(value);
        }
        of.findElement(By.tagName("button")).click();
        // The page asks for the cart again, and says whose it is.
        browser.executeAsyncScript(SHOWN, shown);
    }

    private static void say(Object unexpected) {
        if (!"".equals(unexpected)) {
            System.out.println("not 200: " + unexpected);
        }
    }
}
