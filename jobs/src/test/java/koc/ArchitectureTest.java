package koc;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
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
import java.util.Collection;
import java.util.Date;
import java.util.Random;
import java.util.Set;
import java.util.Timer;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import java.util.stream.BaseStream;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDDLike;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.functions;

/** Which packages may depend on which, and what only some of them may do. */
@AnalyzeClasses(packages = "koc", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    /** The packages of one job each. */
    private static final Set<String> DOMAINS = Set.of(
            "clean",
            "features",
            "portraits",
            "influence",
            "kocs",
            "growth",
            "economics",
            "fit",
            "recommend",
            "backtest",
            "cards",
            "publish",
            "report",
            "workbook");
    /** The packages that every job may use. */
    private static final Set<String> SHARED = Set.of(
            "config",
            "error",
            "rules",
            "run",
            "sample",
            "source",
            "spark",
            "statistics",
            "tables",
            "text",
            "warehouse");

    private static final String[] DOMAIN_PACKAGES =
            DOMAINS.stream().map(domain -> "koc." + domain + "..").toArray(String[]::new);

    /** A rule about a package without classes would hold without checking anything. */
    @ArchTest
    static void everyPackageThatARuleNamesExists(JavaClasses classes) {
        Set<String> packages = classes.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> name.startsWith("koc."))
                .map(name -> name.split("\\.", -1)[1])
                .collect(Collectors.toSet());
        assertThat(packages).containsAll(DOMAINS).containsAll(SHARED).contains("cli");
        assertThat(packages).allMatch(name -> DOMAINS.contains(name) || SHARED.contains(name) || name.equals("cli"));
    }

    @ArchTest
    static final ArchRule jobsShareOnlyTablesAndRules = slices().assignedFrom(new SliceAssignment() {
                @Override
                public SliceIdentifier getIdentifierOf(JavaClass type) {
                    String[] parts = type.getPackageName().split("\\.", -1);
                    return parts.length > 1 && DOMAINS.contains(parts[1])
                            ? SliceIdentifier.of(parts[1])
                            : SliceIdentifier.ignore();
                }

                @Override
                public String getDescription() {
                    return "jobs";
                }
            })
            .should()
            .notDependOnEachOther()
            .because("jobs exchange data through tables only");

    @ArchTest
    static final ArchRule onlyTheCommandLineUsesJobs = noClasses()
            .that()
            .resideOutsideOfPackage("koc.cli..")
            .and()
            .resideOutsideOfPackages(DOMAIN_PACKAGES)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(DOMAIN_PACKAGES)
            .because("shared packages must not depend on a job");

    @ArchTest
    static final ArchRule nothingUsesTheCommandLine = noClasses()
            .that()
            .resideOutsideOfPackage("koc.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("koc.cli..", "picocli..")
            .because("jobs also run from notebooks and tests");

    @ArchTest
    static final ArchRule rulesUseTablesSettingsAndSparkOnly = noClasses()
            .that()
            .resideInAPackage("koc.rules..")
            .should()
            .dependOnClassesThat(resideInAPackage("koc..")
                    .and(not(resideInAnyPackage(
                            "koc.rules..",
                            "koc.spark..",
                            "koc.tables..",
                            "koc.warehouse..",
                            "koc.config..",
                            "koc.error.."))))
            .because("every job may use them");

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
            .because("the result of a run depends only on its input, configuration and date");

    @ArchTest
    static final ArchRule randomnessIsSeeded = noClasses()
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
            .because("equal runs give equal rows");

    @ArchTest
    static final ArchRule onlyModelPackagesUseSmile = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "koc.portraits..",
                    "koc.influence..",
                    "koc.statistics..",
                    "koc.recommend..",
                    "koc.economics.value..",
                    "koc.report..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("smile..")
            .because("other packages train no models, and the report draws a map of its sample");

    @ArchTest
    static final ArchRule onlyCheckpointsCache = noClasses()
            .that()
            .resideOutsideOfPackage("koc.spark..")
            .should()
            .accessTargetWhere(target(
                    "Spark's methods of caching",
                    owner -> owner.isAssignableTo(Dataset.class)
                            || owner.isAssignableTo(RDD.class)
                            || owner.isAssignableTo(JavaRDDLike.class),
                    "persist",
                    "unpersist",
                    "cache",
                    "checkpoint",
                    "localCheckpoint"))
            .orShould()
            .accessTargetWhere(target(
                    "broadcast variables",
                    owner -> owner.isAssignableTo(JavaSparkContext.class) || owner.isAssignableTo(SparkContext.class),
                    "broadcast"))
            .because("koc.spark.Checkpoints releases what it has cached");

    @ArchTest
    static final ArchRule onlyParallelStartsThreads = noClasses()
            .that()
            .resideOutsideOfPackage("koc.spark..")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(Executor.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Executors.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Timer.class)
            .orShould()
            .accessTargetWhere(
                    target("new threads", owner -> owner.isAssignableTo(Thread.class), "<init>", "startVirtualThread"))
            .orShould()
            .accessTargetWhere(target(
                    "asynchronous futures",
                    owner -> owner.isAssignableTo(CompletionStage.class),
                    name -> name.endsWith("Async")))
            .orShould()
            .accessTargetWhere(target(
                    "parallel streams",
                    owner -> owner.isAssignableTo(BaseStream.class)
                            || owner.isAssignableTo(Collection.class)
                            || owner.isAssignableTo(StreamSupport.class),
                    name -> name.equals("parallel") || name.equals("parallelStream")))
            .because("koc.spark waits for its threads and loses no failure");

    private static DescribedPredicate<JavaAccess<?>> target(
            String description, Predicate<JavaClass> owners, String... names) {
        return target(description, owners, Set.of(names)::contains);
    }

    private static DescribedPredicate<JavaAccess<?>> target(
            String description, Predicate<JavaClass> owners, Predicate<String> names) {
        return DescribedPredicate.describe(
                "are " + description,
                access -> owners.test(access.getTargetOwner())
                        && names.test(access.getTarget().getName()));
    }
}
