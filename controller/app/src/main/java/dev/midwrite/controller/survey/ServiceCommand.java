package dev.midwrite.controller.survey;

import dev.midwrite.controller.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * How a service is started as a node: the user's own command, with the placeholders of a drill where the agent and the
 * port go, and variables that Spring Boot reads before its own files.
 *
 * @param words with placeholders
 * @param environment with placeholders
 * @param secrets variables that it needs, too, and that nobody should write down
 * @param directory in which it is started
 */
public record ServiceCommand(
        List<String> words,
        Map<String, String> environment,
        Map<String, String> secrets,
        Path directory,
        ServiceJar jar) {
    static final String PORT = "SERVER_PORT";

    private static final String AGENT = "{agent}";
    private static final String REDIS = "redis://{store.host}:{store.port}";
    /** Spring Boot takes any free one for it. */
    private static final String MANAGEMENT_PORT = "MANAGEMENT_SERVER_PORT";

    private static final String ANY = "0";
    private static final Pattern OWN_MANAGEMENT_PORT = Pattern.compile("((--|-D)management\\.server\\.port=)[0-9]+");
    private static final Pattern OWN_PORT = Pattern.compile("(--|-D)server\\.port=.*");
    private static final Pattern JAVA = Pattern.compile("(.*[/\\\\])?java(\\.exe)?");

    public ServiceCommand {
        words = List.copyOf(words);
        environment = Map.copyOf(environment);
        secrets = Map.copyOf(secrets);
    }

    /**
     * @param line as in a shell, with quotes, and {@code ~/}; nothing else is expanded
     * @throws Problem if there is no word in it, or a quote has no end
     */
    public static ServiceCommand of(String line, Path directory) {
        return of(split(line), directory);
    }

    static ServiceCommand of(List<String> given, Path directory) {
        if (given.isEmpty()) {
            throw new Problem(
                    "The command is empty; name what starts the service, such as --command \"java -jar app.jar\".");
        }
        ServiceJar jar = ServiceJar.of(given, directory);
        List<String> words = new ArrayList<>();
        for (String word : given) {
            String moved = OWN_PORT.matcher(word).replaceFirst("$1server.port={port}");
            words.add(OWN_MANAGEMENT_PORT.matcher(moved).replaceFirst("$1" + ANY));
        }
        Map<String, String> environment = new LinkedHashMap<>();
        if (words.stream().noneMatch(word -> word.contains(AGENT))) {
            if (JAVA.matcher(words.get(0)).matches()) {
                words.add(1, AGENT);
            } else {
                // Quoted for the JVM, which splits this variable at white space.
                environment.put("JAVA_TOOL_OPTIONS", '"' + AGENT + '"');
            }
        }
        if (words.stream().noneMatch(word -> word.contains("{port}"))) {
            environment.put(PORT, "{port}");
        }
        if (words.stream().noneMatch(word -> word.contains("{store."))) {
            if (jar.maybeBoot3()) {
                environment.put("SPRING_DATA_REDIS_URL", REDIS);
            }
            if (jar.maybeBoot2()) {
                environment.put("SPRING_REDIS_URL", REDIS);
            }
        }
        return new ServiceCommand(words, environment, Map.of(), directory, jar);
    }

    /** Starts others like this one, each with a port of its own and, as far as that can be told to it, our store. */
    public static ServiceCommand of(RunningService running) {
        ServiceCommand command = of(running.words(), running.directory());
        Map<String, String> environment = new LinkedHashMap<>(running.told());
        environment.replace(MANAGEMENT_PORT, ANY);
        environment.putAll(command.environment());
        return new ServiceCommand(command.words(), environment, running.kept(), running.directory(), command.jar());
    }

    /** All that a start of it needs in its environment. */
    Map<String, String> wholeEnvironment() {
        Map<String, String> whole = new LinkedHashMap<>(secrets);
        whole.putAll(environment);
        return whole;
    }

    /** Whether its port is given to it by a variable that only Spring Boot knows. */
    boolean portByVariable() {
        return environment.containsKey(PORT);
    }

    /** The same with a port of each node's own for Spring Boot's management, where that has one. */
    ServiceCommand withManagementAnywhere() {
        if (words.stream().anyMatch(word -> word.contains("management.server.port="))) {
            return this;
        }
        Map<String, String> changed = new LinkedHashMap<>(environment);
        changed.put(MANAGEMENT_PORT, ANY);
        return new ServiceCommand(words, changed, secrets, directory, jar);
    }

    /** The same on a database of the drill's own, with the tables of Spring Session made in it. */
    ServiceCommand onDatabase() {
        Map<String, String> changed = new LinkedHashMap<>(environment);
        changed.keySet().removeIf(name -> name.endsWith("_REDIS_URL"));
        changed.put("SPRING_DATASOURCE_URL", "{store.url}");
        changed.put("SPRING_DATASOURCE_USERNAME", "sa");
        changed.put("SPRING_DATASOURCE_PASSWORD", "");
        changed.put("SPRING_SESSION_JDBC_INITIALIZESCHEMA", "always");
        return new ServiceCommand(words, changed, secrets, directory, jar);
    }

    private static List<String> split(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = null;
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char character = line.charAt(i);
            if (quote != 0) {
                if (character == quote) {
                    quote = 0;
                } else {
                    word.append(character);
                }
            } else if (Character.isWhitespace(character)) {
                if (word != null) {
                    words.add(word.toString());
                    word = null;
                }
            } else {
                word = word == null ? new StringBuilder() : word;
                if (character == '"' || character == '\'') {
                    quote = character;
                } else {
                    word.append(character);
                }
            }
        }
        if (quote != 0) {
            throw new Problem("The command has a " + quote + " without its end: " + line);
        }
        if (word != null) {
            words.add(word.toString());
        }
        return words.stream().map(ServiceCommand::atHome).toList();
    }

    private static String atHome(String word) {
        return word.startsWith("~/") ? System.getProperty("user.home") + word.substring(1) : word;
    }
}
