package dev.midwrite.controller.nodes;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.plan.KubernetesSpec;
import dev.midwrite.controller.plan.Step;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Loads what speaks to clusters: from the class path, else from the directory {@code kubernetes} beside this program's own
 * jar. It stays loaded.
 */
public final class Clusters {
    private static final String DIRECTORY = "kubernetes";

    private static ClusterProvider loaded;

    private Clusters() {}

    /**
     * Opens one as {@link ClusterProvider#open} does.
     *
     * @throws Problem also if there is nothing that can speak to one
     */
    public static Cluster open(KubernetesSpec spec, Set<Step.Action> actions) {
        return provider().open(spec, actions);
    }

    private static synchronized ClusterProvider provider() {
        if (loaded == null) {
            Path directory = beside();
            loaded = first(Clusters.class.getClassLoader())
                    .or(() -> Files.isDirectory(directory) ? first(loader(directory)) : Optional.empty())
                    .orElseThrow(() -> new Problem("There is nothing that speaks to Kubernetes in " + directory
                            + "; build Midwrite with its module controller/kubernetes."));
        }
        return loaded;
    }

    private static Optional<ClusterProvider> first(ClassLoader loader) {
        return ServiceLoader.load(ClusterProvider.class, loader).findFirst();
    }

    /** Never closed: its threads and classes are needed until the JVM ends. */
    private static ClassLoader loader(Path directory) {
        List<URL> jars = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.sorted().toList()) {
                jars.add(file.toUri().toURL());
            }
        } catch (IOException e) {
            throw new Problem("The directory " + directory + " cannot be read: " + e.getMessage() + ".", e);
        }
        return new URLClassLoader("midwrite-kubernetes", jars.toArray(URL[]::new), Clusters.class.getClassLoader());
    }

    private static Path beside() {
        try {
            return new File(Clusters.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toPath()
                    .resolveSibling(DIRECTORY);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
