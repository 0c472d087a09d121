package dev.midwrite.event;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/**
 * Points of users, as a file of Java properties says them ({@code docs/points/own-points.md}): {@code STORE.KIND.type}, {@code .method},
 * {@code .arguments}, {@code .role} and {@code .id}. Read by the controller and by the agent, there on the host's main thread: no
 * lambdas.
 */
public final class PointsFile {
    /** A description that fits more methods than this is none of a session store. */
    public static final int MOST_METHODS = 200;

    /** Shorter names cannot be looked for among all that a class file names. */
    static final int SHORTEST_TYPE = 8;

    private static final int MOST_ARGUMENTS = 255;
    private static final Set<String> WORDS = Set.of("type", "method", "arguments", "role", "id");
    private static final String NAME = "[\\p{L}_$][\\p{L}\\p{N}_$]*";

    private final List<UserPoint> points = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    private PointsFile() {}

    /** Never fails: what is wrong is one of the problems. */
    public static PointsFile parse(String text) {
        PointsFile file = new PointsFile();
        Ordered values = new Ordered();
        try {
            values.load(new StringReader(text));
        } catch (IOException | IllegalArgumentException e) {
            file.problems.add("this is no file of properties: ".concat(String.valueOf(e.getMessage())));
            return file;
        }
        for (String twice : values.twice) {
            file.problems.add("'".concat(twice).concat("' stands twice"));
        }
        Map<String, Map<String, String>> blocks = file.blocks(values.inOrder);
        if (blocks.isEmpty() && file.problems.isEmpty()) {
            file.problems.add("it describes no point");
        }
        for (Map.Entry<String, Map<String, String>> block : blocks.entrySet()) {
            file.read(block.getKey(), block.getValue());
        }
        return file;
    }

    /** What is described, in the file's order; of use only if there are no problems. */
    public List<UserPoint> points() {
        return List.copyOf(points);
    }

    /** One sentence each, without a full stop. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /** By what stands before a key's last word. */
    private Map<String, Map<String, String>> blocks(Map<String, String> values) {
        Map<String, Map<String, String>> blocks = new LinkedHashMap<>();
        for (Map.Entry<String, String> value : values.entrySet()) {
            String key = value.getKey();
            int dot = key.lastIndexOf('.');
            String word = key.substring(dot + 1);
            if (dot < 1 || !WORDS.contains(word)) {
                problems.add("'"
                        .concat(key)
                        .concat("' is no key; keys are STORE.KIND.type, .method, .arguments, .role and .id,")
                        .concat(" such as orders.session.save.type"));
                continue;
            }
            String block = key.substring(0, dot);
            Map<String, String> words = blocks.get(block);
            if (words == null) {
                words = new LinkedHashMap<>();
                blocks.put(block, words);
            }
            words.put(word, value.getValue().strip());
        }
        return blocks;
    }

    private void read(String block, Map<String, String> words) {
        int before = problems.size();
        int dot = block.indexOf('.');
        String store = dot < 1 ? block : block.substring(0, dot);
        String label = dot < 1 ? "" : block.substring(dot + 1);
        PointKind kind = kind(label);
        if (!store.matches("[a-z][a-z0-9-]{0,31}")) {
            say(
                    block,
                    "a store's name is made of small letters, digits and -, not '"
                            .concat(store)
                            .concat("'"));
        }
        if (kind == null) {
            say(block, "there is no kind of point '".concat(label).concat("'"));
            return;
        }
        String why = UserPoint.reason(kind).orElse(null);
        if (why != null) {
            say(
                    block,
                    "a point of kind "
                            .concat(label)
                            .concat(" cannot be described: ")
                            .concat(why));
            return;
        }
        String type = words.getOrDefault("type", "");
        type(block, type);
        List<String> methods = methods(block, words.getOrDefault("method", ""));
        int arguments = arguments(block, words.get("arguments"));
        String role = words.getOrDefault("role", UserPoint.usualRole(kind));
        role(block, kind, role);
        SessionIdPlace id = id(block, kind, words.get("id"), arguments);
        if (problems.size() == before) {
            points.add(new UserPoint(store, kind, type, methods, arguments, role, id));
        }
    }

    private static PointKind kind(String label) {
        for (PointKind kind : PointKind.values()) {
            if (kind != PointKind.NONE && kind.label().equals(label)) {
                return kind;
            }
        }
        return null;
    }

    private void type(String block, String type) {
        if (type.isEmpty()) {
            say(block, "'type' is missing: the class or interface, with its package");
        } else if (!type.matches(NAME.concat("(\\.").concat(NAME).concat(")*"))) {
            say(block, "'".concat(type).concat("' is no name of a class, such as com.example.OrderSessions"));
        } else if (type.startsWith("java.") || type.startsWith("jdk.") || type.startsWith("sun.")) {
            say(
                    block,
                    "classes of the JDK carry no points of users, and "
                            .concat(type)
                            .concat(" is one"));
        } else if (type.length() < SHORTEST_TYPE) {
            say(block, "'".concat(type).concat("' is too short to be looked for: 8 characters with its package"));
        }
    }

    private List<String> methods(String block, String text) {
        List<String> methods = new ArrayList<>();
        for (String method : text.split(",", -1)) {
            String name = method.strip();
            if (!name.matches(NAME)) {
                say(
                        block,
                        text.isEmpty()
                                ? "'method' is missing: its name, or several with commas"
                                : "'".concat(name).concat("' is no name of a method"));
            }
            methods.add(name);
        }
        return methods;
    }

    private int arguments(String block, String text) {
        if (text == null) {
            return -1;
        }
        if (text.matches("[0-9]{1,3}") && Integer.parseInt(text) <= MOST_ARGUMENTS) {
            return Integer.parseInt(text);
        }
        say(
                block,
                "'arguments' is how many the method takes, 0 to 255, not '"
                        .concat(text)
                        .concat("'"));
        return -1;
    }

    private void role(String block, PointKind kind, String role) {
        boolean known = role.equals(UserPoint.OPERATION) || role.equals(UserPoint.STEP) || role.equals(UserPoint.ADOPT);
        if (!known) {
            say(block, "'role' is operation, step or adopt, not '".concat(role).concat("'"));
            return;
        }
        boolean ofSession = UserPoint.usualRole(kind).equals(UserPoint.OPERATION);
        if (!role.equals(UserPoint.ADOPT) && ofSession != role.equals(UserPoint.OPERATION)) {
            say(
                    block,
                    "a "
                            .concat(kind.label())
                            .concat(" is ")
                            .concat(
                                    ofSession
                                            ? "an operation or adopted, no step"
                                            : "a step or adopted, no operation"));
        }
    }

    private SessionIdPlace id(String block, PointKind kind, String text, int arguments) {
        if (text == null) {
            say(block, "'id' is missing: where the session's id is, such as 0, 0.getId, this.getId, result or none");
            return SessionIdPlace.NONE;
        }
        SessionIdPlace id = SessionIdPlace.parse(text).orElse(null);
        if (id == null) {
            say(
                    block,
                    "'id' is an argument's index from 0, this.METHOD, result or none, not '"
                            .concat(text)
                            .concat("'"));
            return SessionIdPlace.NONE;
        }
        if (arguments >= 0 && id.argument() >= arguments) {
            say(block, "'id' is ".concat(text).concat(", and there is no such argument: they count from 0"));
        }
        if (id.origin() == SessionIdPlace.Origin.RESULT
                && kind != PointKind.SESSION_CREATE
                && kind != PointKind.SESSION_READ) {
            say(block, "'id' can be in the result of session.create and session.read alone");
        }
        return id;
    }

    private void say(String block, String sentence) {
        problems.add(block.concat(": ").concat(sentence));
    }

    /** Properties that remember their order, and what stands twice. */
    private static final class Ordered extends Properties {
        private static final long serialVersionUID = 1L;

        private final transient Map<String, String> inOrder = new LinkedHashMap<>();
        private final transient List<String> twice = new ArrayList<>();

        @Override
        public synchronized Object put(Object key, Object value) {
            if (inOrder.put((String) key, (String) value) != null) {
                twice.add((String) key);
            }
            return super.put(key, value);
        }
    }
}
