package io.daybook.it;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The arrows between the modules, and what may be seen from where. The reasons are in docs/adr/0001. */
class ArchitectureTest {

    private static JavaClasses daybook;

    @BeforeAll
    static void readTheClassesOfAllModules() {
        daybook = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.daybook");
    }

    @Test
    void modulesDependOnlyAlongTheirArrows() {
        Architectures.layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .withOptionalLayers(true)
                .layer("base")
                .definedBy("io.daybook.base..", "io.daybook.runtime..")
                .layer("protocol")
                .definedBy("io.daybook.protocol..")
                .layer("log")
                .definedBy("io.daybook.log..")
                .layer("metadata")
                .definedBy("io.daybook.metadata..")
                .layer("broker")
                .definedBy("io.daybook.broker..")
                .layer("server")
                .definedBy("io.daybook.server..")
                .layer("cli")
                .definedBy("io.daybook.cli..")
                .whereLayer("base")
                .mayNotAccessAnyLayer()
                .whereLayer("protocol")
                .mayOnlyAccessLayers("base")
                .whereLayer("log")
                .mayOnlyAccessLayers("base")
                .whereLayer("metadata")
                .mayOnlyAccessLayers("base")
                .whereLayer("broker")
                .mayOnlyAccessLayers("log", "metadata", "base")
                .whereLayer("server")
                .mayOnlyAccessLayers("broker", "protocol", "log", "metadata", "base")
                .check(daybook);
    }

    @Test
    void onlyTheServerSeesNetty() {
        noClasses()
                .that()
                .resideInAPackage("io.daybook..")
                .and()
                .resideOutsideOfPackage("io.daybook.server..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.netty..")
                .allowEmptyShould(true)
                .check(daybook);
    }

    @Test
    void nothingThatShipsUsesTheKafkaClients() {
        noClasses()
                .that()
                .resideInAPackage("io.daybook..")
                .and()
                .resideOutsideOfPackages("io.daybook.benchmarks..", "io.daybook.it..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka..")
                .check(daybook);
    }

    @Test
    void theGeneratorStaysAtBuildTime() {
        DescribedPredicate<JavaClass> generator = JavaClass.Predicates.resideInAPackage("io.daybook.codegen..");
        noClasses()
                .that(DescribedPredicate.not(generator))
                .should()
                .dependOnClassesThat(generator)
                .check(daybook);
    }

    @ParameterizedTest
    @ValueSource(strings = {"protocol", "log", "metadata", "broker", "server", "cli"})
    void packagesOfAModuleAreFreeOfCycles(String module) {
        slices().matching("io.daybook." + module + ".(**)")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(daybook);
    }
}
