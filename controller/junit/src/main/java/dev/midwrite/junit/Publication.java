package dev.midwrite.junit;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Hands a report to JUnit: where it lies, and from JUnit 5.12 on the page itself, as a file of the test. */
final class Publication {
    private static final String PUBLISH = "publishFile";

    private Publication() {}

    static void of(Outcome outcome, ExtensionContext context) {
        context.publishReportEntry(Map.of(
                "midwrite.verdict", outcome.headline(),
                "midwrite.report", outcome.report().toAbsolutePath().normalize().toString()));
        publisher().ifPresent(method -> publish(method, context, outcome.report()));
    }

    /** Of {@code publishFile(String, MediaType, ThrowingConsumer<Path>)}; older releases have none. */
    private static Optional<Method> publisher() {
        return Arrays.stream(ExtensionContext.class.getMethods())
                .filter(method -> method.getName().equals(PUBLISH) && method.getParameterCount() == 3)
                .findFirst();
    }

    private static void publish(Method method, ExtensionContext context, Path report) {
        try {
            Class<?> mediaType = method.getParameterTypes()[1];
            Object html = mediaType.getMethod("parse", String.class).invoke(null, "text/html");
            Class<?> consumer = method.getParameterTypes()[2];
            Object copy = Proxy.newProxyInstance(
                    consumer.getClassLoader(), new Class<?>[] {consumer}, (proxy, called, arguments) -> {
                        Files.copy(report, (Path) arguments[0]);
                        return null;
                    });
            method.invoke(context, "midwrite-report.html", html, copy);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (ReflectiveOperationException e) {
            // A later JUnit publishes in another way; the report entry names the file.
        }
    }
}
