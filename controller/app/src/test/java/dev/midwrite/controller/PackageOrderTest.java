package dev.midwrite.controller;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PackageOrderTest {
    private static final String ROOT = "dev.midwrite.controller.";
    /** Each may know those before it. */
    private static final List<String> ORDER = List.of(
            "plan",
            "identity",
            "incident",
            "serve",
            "nodes",
            "store",
            "audit",
            "meter",
            "load",
            "history",
            "map",
            "curve",
            "live",
            "users",
            "proxy",
            "sockets",
            "front",
            "probe",
            "attach",
            "survey",
            "browser",
            "report",
            "trace",
            "run",
            "sweep",
            "storm",
            "cli");

    private static final JavaClasses CLASSES = new ClassFileImporter(List.of(new ImportOption.DoNotIncludeTests()))
            .importPackages("dev.midwrite.controller");

    @Test
    void everyPackageHasItsPlace() {
        assertThat(CLASSES.stream()
                        .map(type -> type.getPackageName() + ".")
                        .filter(name -> name.startsWith(ROOT) && name.length() > ROOT.length())
                        .map(name -> name.substring(ROOT.length(), name.indexOf('.', ROOT.length())))
                        .collect(Collectors.toSet()))
                .isSubsetOf(ORDER)
                .contains("plan", "serve", "cli");
    }

    @Test
    void knowsOnlyThoseBeforeIt() {
        for (int i = 0; i < ORDER.size() - 1; i++) {
            String[] later = ORDER.subList(i + 1, ORDER.size()).stream()
                    .map(name -> ROOT + name + "..")
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage(ROOT + ORDER.get(i) + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(later)
                    .allowEmptyShould(true)
                    .check(CLASSES);
        }
    }

    /** Who wants no spans loads none of its classes: all calls to them are in one package, behind one class that uses none. */
    @Test
    void onlyTracesKnowOpenTelemetry() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "trace..")
                .or()
                .haveSimpleName("TraceTarget")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.opentelemetry..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "trace..")
                .should()
                .dependOnClassesThat(resideInAPackage(ROOT + "trace..")
                        .and(not(simpleName("TraceTarget").or(simpleName("TraceExport")))))
                .check(CLASSES);
    }

    @Test
    void knowsNothingOfTheAgent() {
        noClasses()
                .that()
                .resideInAPackage("dev.midwrite.controller..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.midwrite.agent..")
                .check(CLASSES);
    }
}
