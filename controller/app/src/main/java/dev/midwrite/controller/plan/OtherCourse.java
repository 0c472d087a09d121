package dev.midwrite.controller.plan;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/** A drill whose users do something else, and whose timeline is another: where it runs stays. */
public final class OtherCourse {
    /** What is passed on stays the text that its author wrote: {@code yes}, for one, is no truth value but a store's setting. */
    private static final class AsWritten extends Resolver {
        @Override
        protected void addImplicitResolvers() {}
    }

    /** Keys of {@code users}: what the service wants of them, and what it promises them. */
    private static final Set<String> OF_THE_SERVICE =
            Set.of("ttl", "login", "credentials", "flow", "tls-terminated", "session-header", "final-reads");

    private OtherCourse() {}

    /**
     * Text of the drill with this course in the place of its own, in which users are what the service wants of them.
     *
     * @param also further keys of {@code users} that the drill decides
     */
    public static String over(Drill drill, String course, String... also) {
        Set<String> kept = Set.of(also);
        return over(drill, course, key -> !OF_THE_SERVICE.contains(key) && !kept.contains(key));
    }

    /**
     * Text of the drill with this course in the place of its own; what its author expects or aims at is about another, and the course
     * may have objectives of its own.
     *
     * @param course the blocks {@code users} and {@code timeline}, others that are to be replaced whole, and what is to be added
     *     to {@code store}
     * @param decided of the keys of {@code users}, which ones the course decides whatever the drill says
     */
    public static String over(Drill drill, String course, Predicate<String> decided) {
        Yaml yaml = new Yaml(
                new SafeConstructor(new LoaderOptions()),
                new Representer(new DumperOptions()),
                new DumperOptions(),
                new LoaderOptions(),
                new AsWritten());
        Map<String, Object> whole = block(yaml.load(drill.text().written()));
        Map<String, Object> other = block(yaml.load(course));
        Map<String, Object> users = block(other.get("users"));
        if (drill.nodes().probe().none()) {
            users.remove("workloads"); // There are those of the flow.
        }
        block(whole.get("users")).forEach((key, value) -> {
            if (!decided.test(key)) {
                users.put(key, value);
            }
        });
        Map<String, Object> store = block(whole.get("store"));
        whole.remove("expect");
        whole.remove("objectives");
        whole.putAll(other);
        whole.put("users", users);
        if (other.get("store") != null) {
            store.putAll(block(other.get("store")));
            whole.put("store", store);
        }
        return yaml.dump(whole);
    }

    private static Map<String, Object> block(Object loaded) {
        Map<String, Object> block = new LinkedHashMap<>();
        ((Map<?, ?>) loaded).forEach((key, value) -> block.put(String.valueOf(key), value));
        return block;
    }
}
