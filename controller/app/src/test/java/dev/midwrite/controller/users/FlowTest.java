package dev.midwrite.controller.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.AnomalyCard;
import dev.midwrite.check.Judgement;
import dev.midwrite.check.Profile;
import dev.midwrite.check.Property;
import dev.midwrite.check.PropertyResult;
import dev.midwrite.check.Trial;
import dev.midwrite.check.Verdict;
import dev.midwrite.check.judge.Journals;
import dev.midwrite.check.judge.Judge;
import dev.midwrite.controller.history.HistoryReader;
import dev.midwrite.controller.history.HistoryWriter;
import dev.midwrite.controller.plan.CredentialSource;
import dev.midwrite.controller.plan.Extraction;
import dev.midwrite.controller.plan.FlowSpec;
import dev.midwrite.controller.plan.FlowStep;
import dev.midwrite.controller.plan.LoginAnswer;
import dev.midwrite.controller.plan.LogoutSpec;
import dev.midwrite.controller.plan.OwnWorkload;
import dev.midwrite.controller.plan.ProbePlace;
import dev.midwrite.controller.plan.UsersSpec;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.UserOperation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users of a real HTTP server with a login, CSRF tokens and a basket, and no probe. */
public class FlowTest {
    public static final String PASSWORD = "hunter2-swordfish";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private final UserClock clock = UserClock.start();
    private Path file;

    @Test
    void healthyShopHasNoFindingAndEverythingWasLookedAt() throws Exception {
        try (LoginShop shop = new LoginShop(PASSWORD)) {
            List<UserOperation> all = use(
                    shop,
                    users -> await().atMost(PATIENCE)
                            .until(() -> users.progress().ok() > 600));
            assertThat(all.stream().map(UserOperation::kind).distinct())
                    .containsExactlyInAnyOrder(
                            OperationKind.STEP,
                            OperationKind.CREATE,
                            OperationKind.PROBE,
                            OperationKind.APPEND,
                            OperationKind.READ_LIST);
            Judgement judgement = judge(all);
            assertThat(judgement.cards()).isEmpty();
            for (Property looked : List.of(Property.LIST, Property.LOGIN, Property.LIFECYCLE, Property.DUPLICATES)) {
                assertThat(of(judgement, looked).checked()).as(looked.label()).isPositive();
            }
            assertThat(judgement.verdict()).isEqualTo(Verdict.PASS);
        }
    }

    @Test
    void entryThatWasAcknowledgedAndNotMadeIsFound() throws Exception {
        try (LoginShop shop = new LoginShop(PASSWORD)) {
            shop.dropOneIn(20);
            Judgement judgement = judge(use(
                    shop,
                    users -> await().atMost(PATIENCE)
                            .until(() -> users.progress().ok() > 600)));
            assertThat(judgement.cards())
                    .extracting(card -> card.violation().anomaly())
                    .contains(Anomaly.LOST_ACKED_WRITE);
            assertThat(judgement.cards().stream()
                            .map(AnomalyCard::violation)
                            .filter(violation -> violation.anomaly() == Anomaly.LOST_ACKED_WRITE)
                            .findFirst()
                            .orElseThrow()
                            .what())
                    .contains("append of basket, acknowledged by node-1, is absent");
        }
    }

    @Test
    void usersOfSessionsThatAreForgottenAreSentBackToTheLogin() throws Exception {
        try (LoginShop shop = new LoginShop(PASSWORD)) {
            List<UserOperation> all = use(shop, users -> {
                await().atMost(PATIENCE).until(() -> users.progress().ok() > 400);
                shop.forgetAll();
                long before = users.progress().ok();
                await().atMost(PATIENCE).until(() -> users.progress().ok() > before + 600);
                // The page between the users' own requests follows them at once: it is the first to find a session gone
                // only if it goes then.
                shop.forgetAtAccount(5);
                await().atMost(PATIENCE).until(shop::hasForgotten);
            });
            assertThat(judge(all).cards())
                    .extracting(card -> card.violation().anomaly())
                    .contains(Anomaly.SESSION_LOST, Anomaly.LOGGED_OUT);
        }
    }

    @Test
    void redirectsThatCarryTheIdAreFollowedAsOthersAndReported() throws Exception {
        try (LoginShop shop = new LoginShop(PASSWORD)) {
            shop.putIdInRedirects();
            Judgement judgement = judge(use(
                    shop,
                    users -> await().atMost(PATIENCE)
                            .until(() -> users.progress().ok() > 200)));
            assertThat(judgement.cards())
                    .extracting(card -> card.violation().anomaly())
                    .containsExactly(Anomaly.ID_IN_URL);
            assertThat(judgement.verdict()).isEqualTo(Verdict.PASS);
        }
    }

    @Test
    void logoutThatEndsTheLoginLosesNothingAndWasLookedAt() throws Exception {
        try (LoginShop shop = new LoginShop(PASSWORD)) {
            // Who comes back with that cookie is logged in anew, which is what it is for.
            shop.rememberUsers();
            List<UserOperation> all = use(
                    shop,
                    leavingFlow(),
                    users -> await().atMost(PATIENCE)
                            .until(() -> users.progress().ok() > 1_500));
            assertThat(all.stream().map(UserOperation::kind).distinct())
                    .contains(OperationKind.LOG_OUT, OperationKind.PROBE_LOGGED_OUT);
            Judgement judgement = judge(all, leavingFlow());
            assertThat(judgement.cards()).isEmpty();
            assertThat(of(judgement, Property.LOGOUT).checked()).isPositive();
            assertThat(of(judgement, Property.LIST).checked()).isPositive();
            assertThat(judgement.verdict()).isEqualTo(Verdict.PASS);
        }
    }

    @Test
    void logoutThatTakesTheCookieOnlyIsFound() throws Exception {
        try (LoginShop shop = new LoginShop(PASSWORD)) {
            shop.takeOnlyTheCookieAtLogout();
            Judgement judgement = judge(
                    use(
                            shop,
                            leavingFlow(),
                            users -> await().atMost(PATIENCE)
                                    .until(() -> users.progress().ok() > 1_500)),
                    leavingFlow());
            assertThat(judgement.cards())
                    .extracting(card -> card.violation().anomaly())
                    .containsExactly(Anomaly.STILL_LOGGED_IN);
            assertThat(judgement.cards().get(0).violation().what()).contains("Each was at the first try");
            assertThat(judgement.verdict()).isEqualTo(Verdict.FAIL);
        }
    }

    @Test
    void nothingOfTheCredentialsIsWritten() throws Exception {
        try (LoginShop shop = new LoginShop(PASSWORD)) {
            use(
                    shop,
                    users -> await().atMost(PATIENCE)
                            .until(() -> users.progress().ok() > 100));
        }
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                .isNotEmpty()
                .doesNotContain(PASSWORD, "customer-one");
    }

    /** What a test does while users work. */
    private interface Use {
        void of(UserPopulation users) throws Exception;
    }

    private List<UserOperation> use(LoginShop shop, Use use) throws Exception {
        return use(shop, flow(), use);
    }

    private List<UserOperation> use(LoginShop shop, FlowSpec flow, Use use) throws Exception {
        file = directory.resolve("users.ops");
        Router router = new Router(UsersSpec.Routing.STICKY, List.of("node-1"));
        router.up("node-1", shop.uri());
        Credentials credentials = Credentials.read(
                new CredentialSource("", Map.of("name", "N", "password", "P")),
                directory,
                variable -> variable.equals("N") ? "customer-one" : PASSWORD);
        try (HistoryWriter history = HistoryWriter.create(file);
                UserPopulation users = UserPopulation.start(
                        new UserSetting(
                                users(flow),
                                42,
                                new ProbeAccess(ProbePlace.NONE, ""),
                                false,
                                credentials,
                                Optional.empty(),
                                false),
                        router,
                        clock,
                        history,
                        (kind, outcome, node, status, nanos) -> {})) {
            use.of(users);
            users.quiesce(PATIENCE);
            users.finalReads(PATIENCE);
            users.leave(PATIENCE);
        }
        return HistoryReader.readAll(file);
    }

    private static Judgement judge(List<UserOperation> all) {
        return judge(all, flow());
    }

    private static Judgement judge(List<UserOperation> all, FlowSpec flow) {
        Trial trial = Trial.of(Profile.SESSION)
                .nodes(List.of("unknown", "node-1"))
                .attributes(UserPopulation.attributes(flow))
                .ttlNanos(Duration.ofMinutes(10).toNanos())
                .settledAt(all.stream()
                        .filter(each -> each.is(UserOperation.FINAL))
                        .mapToLong(UserOperation::invoked)
                        .min()
                        .orElse(0))
                .healedAt(0)
                .build();
        return Judge.judge(trial, all, List.of(), Journals.NONE);
    }

    private static PropertyResult of(Judgement judgement, Property property) {
        return judgement.properties().stream()
                .filter(result -> result.property() == property)
                .findFirst()
                .orElseThrow();
    }

    public static UsersSpec users(FlowSpec flow) {
        return new UsersSpec(
                10,
                0,
                40,
                List.of(),
                UsersSpec.Routing.STICKY,
                Duration.ofSeconds(10),
                1,
                Duration.ofSeconds(1),
                Duration.ofMinutes(10),
                true,
                Duration.ZERO,
                false,
                "",
                1,
                false,
                List.of(new LoginAnswer(401, ""), new LoginAnswer(302, "/login")),
                PATIENCE,
                flow,
                List.of(),
                Optional.empty(),
                UsersSpec.Through.NOTHING);
    }

    public static FlowSpec flow() {
        Map<String, Extraction> csrf =
                Map.of("csrf", new Extraction(Extraction.Source.CSS, "input[name=_csrf]", "value"));
        FlowStep read = step("look", "GET", "/basket", Map.of(), Set.of(200), "", csrf);
        FlowStep write = step(
                "put", "POST", "/basket", Map.of("item", "{write-id}", "_csrf", "{csrf}"), Set.of(303), "", Map.of());
        return new FlowSpec(
                CredentialSource.NONE,
                Map.of(),
                List.of(
                        step("open", "GET", "/login", Map.of(), Set.of(200), "", csrf),
                        step(
                                "log in",
                                "POST",
                                "/login",
                                Map.of("username", "{name}", "password", "{password}", "_csrf", "{csrf}"),
                                Set.of(302),
                                "/",
                                Map.of())),
                List.of(step("account", "GET", "/account", Map.of(), Set.of(200), "", Map.of())),
                3,
                List.of(),
                Optional.empty(),
                List.of(new OwnWorkload(
                        "basket",
                        OwnWorkload.Kind.LIST,
                        write,
                        read,
                        new Extraction(Extraction.Source.CSS, "li.item", ""))),
                Optional.of(read),
                Optional.empty());
    }

    /** The same, of users who log out now and then. */
    public static FlowSpec leavingFlow() {
        return leaving(flow().workloads().get(0).read(), Set.of());
    }

    /** The same with another page, and with cookies that are named. */
    public static FlowSpec leavingBy(String page, Set<String> cookies) {
        return leaving(step("page", "GET", page, Map.of(), Set.of(200), "", Map.of()), cookies);
    }

    private static FlowSpec leaving(FlowStep page, Set<String> cookies) {
        return with(
                flow(), List.of(), Optional.of(new LogoutSpec(page, List.of(logOut()), 10, cookies)), Optional.empty());
    }

    /** The same, of users who log out in the end with a token that they have seen when they were logged in. */
    public static FlowSpec leavingInTheEnd() {
        return with(flow(), List.of(logOut()), Optional.empty(), Optional.empty());
    }

    private static FlowStep logOut() {
        return step("log out", "POST", "/logout", Map.of("_csrf", "{csrf}"), Set.of(302), "/login*", Map.of());
    }

    /** A flow that ends otherwise, and knows login pages by this. */
    static FlowSpec with(
            FlowSpec flow, List<FlowStep> after, Optional<LogoutSpec> logout, Optional<Extraction> loginPage) {
        return new FlowSpec(
                flow.credentials(),
                flow.headers(),
                flow.before(),
                flow.between(),
                flow.every(),
                after,
                logout,
                flow.workloads(),
                flow.alive(),
                loginPage);
    }

    private static FlowStep step(
            String name,
            String method,
            String path,
            Map<String, String> form,
            Set<Integer> expect,
            String location,
            Map<String, Extraction> take) {
        return new FlowStep(name, method, path, Map.of(), form, "", expect, location, take, Duration.ZERO);
    }
}
