package dev.midwrite.bench;

import dev.midwrite.agent.library.Libraries;
import dev.midwrite.agent.point.Catalogue;
import dev.midwrite.agent.weave.ClassFilter;
import dev.midwrite.agent.weave.WovenPoints;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Prints what the agent's filter costs a host's thread for 10,000 class files of jars that carry no point: time of that
 * thread's processor, first in a JVM that has just started, then again. Arguments: a directory of jars.
 */
public final class FilterCost {
    private static final int CLASSES = 10_000;
    private static final int ROUNDS = 5;
    private static final double MILLION = 1e6;

    private FilterCost() {}

    public static void main(String[] args) throws IOException {
        Catalogue catalogue = new Catalogue(Libraries.all());
        List<byte[]> classes = classes(new File(args[0]), catalogue);
        ClassFilter filter = new ClassFilter(catalogue, new WovenPoints(catalogue, Set.of()));
        ClassLoader host = new ClassLoader() {};
        System.out.println("| round | class files | ms of the thread |");
        System.out.println("|---|---|---|");
        for (int round = 1; round <= ROUNDS; round++) {
            long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            for (byte[] each : classes) {
                if (filter.transform(null, host, "some/Class", null, null, each) != null) {
                    throw new IllegalStateException("a class carries a point");
                }
            }
            long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
            System.out.printf(Locale.ROOT, "| %d | %d | %.0f |%n", round, classes.size(), nanos / MILLION);
        }
    }

    private static List<byte[]> classes(File directory, Catalogue catalogue) throws IOException {
        List<byte[]> classes = new ArrayList<>();
        File[] jars = directory.listFiles((in, name) -> name.endsWith(".jar"));
        if (jars == null) {
            throw new IOException("no directory: " + directory);
        }
        for (File jar : jars) {
            try (ZipFile zip = new ZipFile(jar)) {
                for (ZipEntry entry : Collections.list(zip.entries())) {
                    boolean isClass = entry.getName().endsWith(".class");
                    boolean carries = catalogue.families().stream().anyMatch(entry.getName()::contains);
                    if (isClass && !carries && classes.size() < CLASSES) {
                        classes.add(zip.getInputStream(entry).readAllBytes());
                    }
                }
            }
        }
        return classes;
    }
}
