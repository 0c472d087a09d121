package dev.midwrite.agent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Dependencies point one way, in the order of the data. */
class PackageOrderTest {
    private static final String ROOT = "dev.midwrite.agent.";
    private static final JavaClasses AGENT = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.midwrite.agent");

    @Test
    void theGateKnowsNothingButTheLanguage() {
        classes()
                .that()
                .resideInAPackage(ROOT + "gate")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java.lang", "java.lang.invoke", "java.time", "java.util.function", ROOT + "gate")
                .check(AGENT);
    }

    @Test
    void eachPackageKnowsOnlyThoseBeforeIt() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("log")
                .definedBy(ROOT + "log")
                .layer("gate")
                .definedBy(ROOT + "gate")
                .layer("point")
                .definedBy(ROOT + "point")
                .layer("library")
                .definedBy(ROOT + "library")
                .layer("scope")
                .definedBy(ROOT + "scope")
                .layer("fault")
                .definedBy(ROOT + "fault")
                .layer("journal")
                .definedBy(ROOT + "journal")
                .layer("probe")
                .definedBy(ROOT + "probe")
                .layer("effect")
                .definedBy(ROOT + "effect")
                .layer("weave")
                .definedBy(ROOT + "weave")
                .layer("link")
                .definedBy(ROOT + "link")
                .layer("run")
                .definedBy(ROOT + "run")
                .whereLayer("log")
                .mayNotAccessAnyLayer()
                .whereLayer("gate")
                .mayNotAccessAnyLayer()
                .whereLayer("point")
                .mayNotAccessAnyLayer()
                .whereLayer("library")
                .mayOnlyAccessLayers("gate", "point")
                .whereLayer("scope")
                .mayOnlyAccessLayers("point")
                .whereLayer("fault")
                .mayOnlyAccessLayers("log", "point", "scope")
                .whereLayer("journal")
                .mayOnlyAccessLayers("log")
                .whereLayer("probe")
                .mayNotAccessAnyLayer()
                .whereLayer("effect")
                .mayOnlyAccessLayers("log", "gate", "point", "scope", "fault", "journal", "probe")
                .whereLayer("weave")
                .mayOnlyAccessLayers("log", "gate", "point")
                .whereLayer("link")
                .mayOnlyAccessLayers("log", "point", "scope", "fault", "journal")
                .whereLayer("run")
                .mayNotBeAccessedByAnyLayer()
                .check(AGENT);
    }
}
