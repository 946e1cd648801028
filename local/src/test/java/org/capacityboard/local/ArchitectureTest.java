package org.capacityboard.local;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.NullMarked;

/** The rules of the house that the modules' dependencies do not hold by themselves. */
@AnalyzeClasses(packages = "org.capacityboard", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

    @ArchTest
    static final ArchRule domain_knows_plain_java_only = classes()
            .that()
            .resideInAPackage("org.capacityboard.domain..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("org.capacityboard.domain..", "java..", "org.jspecify..");

    @ArchTest
    static final ArchRule domain_never_asks_the_time_or_rolls_dice = noClasses()
            .that()
            .resideInAPackage("org.capacityboard.domain..")
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(Math.class, "random")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(ThreadLocalRandom.class);

    @ArchTest
    static final ArchRule schemas_know_avro_and_json_only = classes()
            .that()
            .resideInAnyPackage("org.capacityboard.schemas..", "org.capacityboard.events..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "org.capacityboard.schemas..",
                    "org.capacityboard.events..",
                    "org.apache.avro..",
                    "com.fasterxml.jackson.core..",
                    "java..",
                    "org.jspecify..");

    @ArchTest
    static final ArchRule process_knows_no_engine_log_or_store = noClasses()
            .that()
            .resideInAPackage("org.capacityboard.process..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.apache.flink..", "org.apache.kafka..", "java.sql..", "org.capacityboard.schemas..");

    @ArchTest
    static final ArchRule jobs_stay_slim = noClasses()
            .that()
            .resideInAPackage("org.capacityboard.flink..")
            .and()
            .resideOutsideOfPackage("org.capacityboard.flink.metrics..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "com.sun.net.httpserver..",
                    "org.capacityboard.process.http..",
                    "jakarta.mail..",
                    "org.apache.parquet..",
                    "org.flywaydb..",
                    "picocli..");

    @ArchTest
    static final ArchRule simulator_knows_neither_engine_nor_store = noClasses()
            .that()
            .resideInAPackage("org.capacityboard.simulator..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.flink..", "java.sql..", "org.capacityboard.flink..");

    @ArchTest
    static final ArchRule the_viewer_knows_neither_engine_nor_log = noClasses()
            .that()
            .resideInAPackage("org.capacityboard.viewer..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.apache.flink..",
                    "org.apache.kafka..",
                    "org.flywaydb..",
                    "org.capacityboard.flink..",
                    "org.capacityboard.simulator..");

    @ArchTest
    static final ArchRule only_the_command_line_starts_a_service = noClasses()
            .that()
            .resideOutsideOfPackages("org.capacityboard.viewer..", "org.capacityboard.local..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.capacityboard.viewer..");

    @ArchTest
    static final ArchRule nobody_builds_on_the_command_line = noClasses()
            .that()
            .resideOutsideOfPackage("org.capacityboard.local..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.capacityboard.local..");

    @ArchTest
    static final ArchRule packages_depend_on_each_other_one_way =
            slices().matching("org.capacityboard.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule names_say_what_a_thing_is = noClasses()
            .should()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Impl")
            .orShould()
            .haveSimpleNameEndingWith("Base");

    @ArchTest
    static final ArchRule static_fields_never_change = fields().that()
            .areStatic()
            .and()
            .areDeclaredInClassesThat(not(resideInAPackage("org.capacityboard.events..")))
            .should()
            .beFinal();

    @ArchTest
    static void every_package_says_what_may_be_null(JavaClasses classes) {
        assertThat(classes.stream()
                        .map(type -> type.getPackage())
                        .distinct()
                        .filter(each -> !each.getName().startsWith("org.capacityboard.events"))
                        .filter(each -> !each.isAnnotatedWith(NullMarked.class))
                        .map(each -> each.getName()))
                .isEmpty();
    }
}
