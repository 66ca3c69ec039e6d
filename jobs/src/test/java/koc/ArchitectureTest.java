package koc;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
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
import java.util.stream.StreamSupport;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDDLike;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.functions;

/** The walls of the house. */
@AnalyzeClasses(packages = "koc", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final Set<String> DOMAINS = Set.of(
            "clean", "feature", "portrait", "influence", "kocs", "growth", "fit", "recommend", "backtest", "publish");
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
            .resideOutsideOfPackages("koc.portraits..", "koc.influence..", "koc.statistics..", "koc.recommend..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("smile..");

    @ArchTest
    static final ArchRule onlyCheckpointsCache = noClasses()
            .that()
            .resideOutsideOfPackage("koc.spark..")
            .should()
            .accessTargetWhere(target(
                    "Spark's ways to cache",
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
    static final ArchRule onlyParallelMakesThreads = noClasses()
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
            .because("koc.spark.Parallel waits for its threads and loses no failure");

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
