package dev.midwrite.controller.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads {@code users.flow} and {@code users.credentials}. */
final class FlowReader {
    static final Set<String> KEYS = Set.of(
            "headers",
            "basic",
            "bearer",
            "before",
            "between",
            "every",
            "after",
            "logout",
            "workloads",
            "alive",
            "login-page");
    static final Set<String> LOGOUT_KEYS = Set.of("page", "steps", "every", "cookies");
    static final Set<String> WORKLOAD_KEYS = Set.of("name", "kind", "write", "read", "shows");
    static final Set<String> CREDENTIALS_KEYS = Set.of("csv", "environment");
    static final Map<String, OwnWorkload.Kind> KINDS = DrillFile.labels(OwnWorkload.Kind.values());

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z][a-z0-9-]*)}");
    private static final Pattern SECRET_NAME = Pattern.compile("(?i).*(pass|pwd|secret|token|api-?key).*");

    private final Set<String> known = new HashSet<>(Set.of("user"));
    private boolean open;

    private FlowReader() {}

    /** @param users the block {@code users} */
    static FlowSpec read(Section users) {
        FlowReader reader = new FlowReader();
        CredentialSource credentials = reader.credentials(users);
        if (!users.has("flow")) {
            if (users.has("credentials")) {
                users.complain("credentials", "'credentials' are for a 'flow', and there is none");
            }
            return FlowSpec.NONE;
        }
        return reader.flow(users.section("flow", KEYS), credentials);
    }

    private CredentialSource credentials(Section users) {
        if (!users.has("credentials")) {
            return CredentialSource.NONE;
        }
        Section section = users.section("credentials", CREDENTIALS_KEYS);
        if (section.has("csv") == section.has("environment")) {
            users.complain("credentials", "'credentials' takes either 'csv' or 'environment'");
        }
        // Which columns a file has is known when it is read, at the start of a run.
        open = section.has("csv");
        Map<String, String> environment = section.environment("environment");
        known.addAll(environment.keySet());
        return new CredentialSource(section.text("csv", ""), environment);
    }

    private FlowSpec flow(Section section, CredentialSource credentials) {
        List<FlowStep> before = steps(section, "before");
        List<OwnWorkload> workloads = section.sections("workloads", "a workload of the flow", WORKLOAD_KEYS).stream()
                .map(this::workload)
                .toList();
        List<FlowStep> between = steps(section, "between");
        List<FlowStep> after = steps(section, "after");
        Optional<FlowStep> alive = section.has("alive")
                ? Optional.of(step(section.section("alive", FlowStepReader.KEYS)))
                : workloads.stream().findFirst().map(OwnWorkload::read);
        Optional<LogoutSpec> logout = section.has("logout")
                ? logout(section.section("logout", LOGOUT_KEYS), before, alive)
                : Optional.empty();
        Map<String, String> headers = FlowStepReader.headers(section);
        Optional<Extraction> loginPage = section.has("login-page")
                ? Optional.of(loginPage(section.section("login-page", FlowStepReader.TAKE_KEYS)))
                : Optional.empty();
        FlowSpec flow = new FlowSpec(
                credentials,
                headers,
                before,
                between,
                (int) section.whole("every", 10, 1, 10_000),
                after,
                logout,
                workloads,
                alive,
                loginPage);
        headers.forEach((name, text) -> check(section, "headers", name, text, Set.of()));
        check(section, "before", before);
        check(section, "between", between);
        check(section, "after", after);
        check(section, "logout", flow.ofLogout());
        alive.ifPresent(step -> check(section, "alive", step, Set.of()));
        workloads.forEach(workload -> {
            check(section, "workloads", workload.write(), Set.of("write-id"));
            check(section, "workloads", workload.read(), Set.of());
        });
        return flow;
    }

    private static Extraction loginPage(Section section) {
        Extraction page = FlowStepReader.extraction(section);
        if (page.source() == Extraction.Source.COOKIE) {
            section.complain("cookie", "'login-page' is told by what stands in an answer: css, json, regex or header");
        }
        return page;
    }

    /** Empty if it cannot be done as it stands, which has been complained of. */
    private Optional<LogoutSpec> logout(Section section, List<FlowStep> before, Optional<FlowStep> alive) {
        section.need("steps");
        Optional<FlowStep> page =
                section.has("page") ? Optional.of(step(section.section("page", FlowStepReader.KEYS))) : alive;
        List<FlowStep> steps = steps(section, "steps");
        int every = (int) section.whole("every", 20, 1, 10_000);
        Set<String> cookies = new LinkedHashSet<>(section.words("cookies", List.of()));
        if (before.isEmpty()) {
            section.complain("steps", "'logout' is of users who have logged in, and the flow has no steps 'before'");
        }
        if (page.isEmpty()) {
            section.complain(
                    "steps",
                    "'logout' needs a 'page' that is shown to whoever is logged in alone; 'alive' and the first"
                            + " workload's read, which would do, are not there either");
        } else if (!page.get().method().equals("GET")) {
            section.complain("page", "'page' must be a get: it is asked for again after the logout");
        }
        return steps.isEmpty() ? Optional.empty() : page.map(shown -> new LogoutSpec(shown, steps, every, cookies));
    }

    private List<FlowStep> steps(Section section, String key) {
        return section.sections(key, "a step", FlowStepReader.KEYS).stream()
                .map(this::step)
                .toList();
    }

    private FlowStep step(Section section) {
        FlowStep step = FlowStepReader.read(section);
        known.addAll(step.take().keySet());
        return step;
    }

    private OwnWorkload workload(Section section) {
        section.need("kind", "write", "read", "shows");
        OwnWorkload.Kind kind = section.choice("kind", KINDS, OwnWorkload.Kind.REGISTER);
        FlowStep nothing = FlowStepReader.NOTHING;
        FlowStep write = section.has("write") ? step(section.section("write", FlowStepReader.KEYS)) : nothing;
        FlowStep read = section.has("read") ? step(section.section("read", FlowStepReader.KEYS)) : nothing;
        if (section.has("write")
                && kind != OwnWorkload.Kind.COUNTER
                && texts(write).noneMatch(text -> text.contains("{write-id}"))) {
            section.complain(
                    "write",
                    "'write' must carry {write-id} in its path, form, json or headers: without it what was"
                            + " written cannot be told apart");
        }
        if (section.has("read") && !read.method().equals("GET")) {
            section.complain("read", "'read' must be a get: it is sent again until it is answered");
        }
        Extraction shows = section.has("shows")
                ? FlowStepReader.extraction(section.section("shows", FlowStepReader.TAKE_KEYS))
                : FlowStepReader.NOWHERE;
        if (section.has("shows")
                && shows.source() != Extraction.Source.JSON
                && read.take().isEmpty()) {
            section.complain(
                    "read",
                    "'read' needs a 'take' of something that this page always has: another page, such as an error or"
                            + " a login, must not count as one that shows nothing");
        }
        return new OwnWorkload(section.text("name", DrillFile.label(kind)), kind, write, read, shows);
    }

    private void check(Section section, String key, List<FlowStep> steps) {
        steps.forEach(step -> check(section, key, step, Set.of()));
    }

    private void check(Section section, String key, FlowStep step, Set<String> more) {
        Stream.of(step.path(), step.json()).forEach(text -> check(section, key, "", text, more));
        step.form().forEach((name, text) -> check(section, key, name, text, more));
        step.headers().forEach((name, text) -> check(section, key, name, text, more));
    }

    /** @param name of the field, whose value may be one that nobody may see */
    private void check(Section section, String key, String name, String text, Set<String> more) {
        List<String> used = new ArrayList<>();
        Matcher matcher = PLACEHOLDER.matcher(text);
        while (matcher.find()) {
            used.add(matcher.group(1));
        }
        for (String each : used) {
            if (!open && !known.contains(each) && !more.contains(each)) {
                section.complain(
                        key,
                        "nothing gives {" + each + "} a value: no step takes it, and 'credentials' does not name it"
                                + Complaints.suggestion(each, known));
            }
        }
        boolean secret = SECRET_NAME.matcher(name).matches() || name.equalsIgnoreCase("Authorization");
        if (secret && used.isEmpty() && !text.isEmpty()) {
            section.complain(
                    key,
                    "'" + name + "' is written out; a drill is copied into bundles, so put it into 'credentials' and"
                            + " write a placeholder here");
        }
    }

    private static Stream<String> texts(FlowStep step) {
        return Stream.of(
                        Stream.of(step.path(), step.json()),
                        step.form().values().stream(),
                        step.headers().values().stream())
                .flatMap(texts -> texts);
    }

    /** What means "log in first" if the drill does not say: 401, and a redirect to where a step before logs in. */
    static List<LoginAnswer> logins(FlowSpec flow) {
        Map<String, LoginAnswer> answers = new LinkedHashMap<>();
        answers.put("401", new LoginAnswer(401, ""));
        flow.before().stream()
                .map(step -> step.path().split("[?#]", 2)[0])
                .filter(path -> path.length() > 1)
                .forEach(path -> List.of(302, 303, 307)
                        .forEach(status -> answers.putIfAbsent(status + path, new LoginAnswer(status, path))));
        return List.copyOf(answers.values());
    }
}
