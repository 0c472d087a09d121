package dev.midwrite.junit;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.incident.IncidentCourse;
import dev.midwrite.controller.incident.Incidents;
import dev.midwrite.controller.plan.DrillFile;
import dev.midwrite.controller.plan.InvalidDrill;
import dev.midwrite.controller.plan.StoreSpec;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a test's annotations ask for, validated.
 *
 * @param drill as if it had been read from a file
 */
record PlannedDrill(dev.midwrite.controller.plan.Drill drill) {
    /** Lines and columns of a text that nobody has written. */
    private static final Pattern PLACE = Pattern.compile("^.*?:[0-9]+:[0-9]+: ");

    /**
     * Reads a method's annotations.
     *
     * @param where the class of the test; those around it may have the nodes
     * @throws InvalidTest if this cannot be run as it stands
     */
    static PlannedDrill of(Class<?> where, Method method, Optional<Long> seed) {
        String name = where.getName().substring(where.getName().lastIndexOf('.') + 1) + "." + method.getName();
        try {
            return new PlannedDrill(read(name, annotation(where), method, seed));
        } catch (InvalidDrill e) {
            throw new InvalidTest(
                    e.problems().stream()
                            .map(problem -> name + ": " + sentence(problem))
                            .distinct()
                            .collect(Collectors.joining("\n")),
                    e);
        } catch (Problem e) {
            throw new InvalidTest(e.getMessage(), e);
        }
    }

    /** Without the place in a text that nobody has written. */
    static String sentence(String problem) {
        String said = PLACE.matcher(problem).replaceFirst("");
        return said.endsWith("?") || said.endsWith(".") ? said : said + ".";
    }

    /** @throws InvalidTest if a method that drives by hand has something beside it that would do so, too */
    static void requireByHand(Method method) {
        DrillTest test = method.getAnnotation(DrillTest.class);
        if (test.trials() != 1
                || !test.timeline().isBlank()
                || !test.duration().isEmpty()
                || method.getAnnotationsByType(Inject.class).length > 0
                || method.isAnnotationPresent(Incident.class)) {
            throw new InvalidTest(
                    method.getName() + " takes Cluster or Users, so it is one trial that is driven by hand,"
                            + " without trials, timeline, duration, @Inject and @Incident.");
        }
        if (List.of(method.getParameterTypes()).contains(DrillVerdict.class)) {
            throw new InvalidTest(method.getName() + " takes Cluster or Users, so it is judged when it has returned: it"
                    + " cannot take DrillVerdict, too.");
        }
    }

    int trials() {
        return drill.objectives().trials();
    }

    private static dev.midwrite.controller.plan.Drill read(
            String name, Drill annotation, Method method, Optional<Long> seed) {
        DrillTest test = method.getAnnotation(DrillTest.class);
        List<Inject> injections = Arrays.asList(method.getAnnotationsByType(Inject.class));
        Optional<Incident> incident = Optional.ofNullable(method.getAnnotation(Incident.class));
        if (incident.isPresent() && !(injections.isEmpty() && test.timeline().isBlank())) {
            throw new InvalidTest(name + ": @Incident has a timeline of its own, so there is no @Inject and no timeline"
                    + " beside it.");
        }
        // Its directory is the one in which the tests run: relative paths of commands are from there.
        Path file = Path.of(name);
        String text = DrillText.of(name, annotation, test, injections);
        if (incident.isPresent()) {
            text = IncidentCourse.over(Incidents.shipped().named(incident.get().value()), DrillFile.parse(file, text))
                    .text()
                    .written();
        }
        String asked = DrillText.asked(
                test.trials(),
                Optional.ofNullable(method.getAnnotation(Require.class)),
                Optional.ofNullable(method.getAnnotation(Expect.class)));
        dev.midwrite.controller.plan.Drill drill = DrillFile.parse(file, text.stripTrailing() + "\n" + asked);
        requireDatabase(drill.store(), PlannedDrill.class.getClassLoader());
        return seed.map(drill::withSeed).orElse(drill);
    }

    /** It is left to the service which release of it lies on the class path, if any. */
    static void requireDatabase(StoreSpec store, ClassLoader loader) {
        if (store.jdbc() && store.embedded()) {
            try {
                Class.forName("org.h2.Driver", false, loader);
            } catch (ClassNotFoundException e) {
                throw new InvalidTest(
                        "store = \"jdbc\" without an address needs com.h2database:h2 on the tests' class path.", e);
            }
        }
    }

    private static Drill annotation(Class<?> where) {
        for (Class<?> each = where; each != null; each = each.getEnclosingClass()) {
            Drill found = each.getAnnotation(Drill.class);
            if (found != null) {
                return found;
            }
        }
        throw new InvalidTest("The test has no nodes: put @Drill with a main class, a jar or a command on "
                + where.getSimpleName() + ".");
    }
}
