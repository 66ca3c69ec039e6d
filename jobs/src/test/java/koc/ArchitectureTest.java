package koc;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.spark.sql.functions;

/** The walls of the house. Rules may speak of packages that are still to come. */
@AnalyzeClasses(packages = "koc", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final Set<String> DOMAINS = Set.of(
            "clean", "feature", "portrait", "influence", "fit", "recommend", "touch", "economy", "backtest", "publish");
    private static final String[] DOMAIN_PACKAGES =
            DOMAINS.stream().map(domain -> "koc." + domain + "..").toArray(String[]::new);

    @ArchTest
    static final ArchRule domainsMeetAtTablesAndRules = slices().assignedFrom(new SliceAssignment() {
                @Override
                public SliceIdentifier getIdentifierOf(JavaClass type) {
                    String[] parts = type.getPackageName().split("\\.", -1);
                    return parts.length > 1 && DOMAINS.contains(parts[1])
                            ? SliceIdentifier.of(parts[1])
                            : SliceIdentifier.ignore();
                }

                @Override
                public String getDescription() {
                    return "domains";
                }
            })
            .should()
            .notDependOnEachOther()
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule onlyTheEdgeKnowsTheDomains = noClasses()
            .that()
            .resideOutsideOfPackage("koc.cli..")
            .and()
            .resideOutsideOfPackages(DOMAIN_PACKAGES)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(DOMAIN_PACKAGES);

    @ArchTest
    static final ArchRule nobodyKnowsTheEdge = noClasses()
            .that()
            .resideOutsideOfPackage("koc.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("koc.cli..", "picocli..");

    @ArchTest
    static final ArchRule rulesKnowTablesOnly = noClasses()
            .that()
            .resideInAPackage("koc.rules..")
            .should()
            .dependOnClassesThat(resideInAPackage("koc..")
                    .and(not(resideInAnyPackage("koc.rules..", "koc.table..", "koc.tables..", "koc.warehouse.."))))
            .because("every domain may obey them");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("koc.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule timeComesFromTheRunDate = noClasses()
            .that()
            .resideOutsideOfPackage("koc.cli..")
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(LocalDate.class, "now")
            .orShould()
            .callMethod(LocalDateTime.class, "now")
            .orShould()
            .callMethod(ZonedDateTime.class, "now")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(Clock.class, "systemDefaultZone")
            .orShould()
            .callConstructor(Date.class)
            .orShould()
            .callMethod(functions.class, "current_date")
            .orShould()
            .callMethod(functions.class, "current_timestamp")
            .orShould()
            .callMethod(functions.class, "now")
            .because("a run is a function of its input, its configuration and its date");

    @ArchTest
    static final ArchRule chanceIsSeeded = noClasses()
            .that()
            .resideOutsideOfPackage("koc.cli..")
            .should()
            .callConstructor(Random.class)
            .orShould()
            .callMethod(Math.class, "random")
            .orShould()
            .callMethod(UUID.class, "randomUUID")
            .orShould()
            .callMethod(ThreadLocalRandom.class, "current")
            .orShould()
            .callMethod(functions.class, "rand")
            .orShould()
            .callMethod(functions.class, "randn")
            .orShould()
            .callMethod(functions.class, "uuid")
            .orShould()
            .callMethod(functions.class, "shuffle", org.apache.spark.sql.Column.class)
            .because("running twice gives the same rows");

    @ArchTest
    static final ArchRule smileFitsModelsInFewPlaces = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "koc.portrait..", "koc.influence..", "koc.statistics..", "koc.recommend..", "koc.economy..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("smile..");
}
