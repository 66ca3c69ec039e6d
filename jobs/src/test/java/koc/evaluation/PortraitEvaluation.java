package koc.evaluation;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import koc.tables.FeatureTables;
import koc.tables.PortraitTables;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Row;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Whether users are in their planted portrait as often as confidence says, on generated data of several seeds: 1,500 users,
 * 100 products and 120 days each, and the account of a shop counter with a tenth of all purchases.
 *
 * <pre>bin/evaluate portraits --out DIR [--seeds 1-5] [--events-per-user 16,40] [--set KEY=VALUE]...</pre>
 *
 * <p>With few events a user, portraits are hard to tell apart. A user is right when most users of their portrait have the same
 * planted portrait as they.
 *
 * <p>Prints by seed: portraits, adjusted Rand index, fraction of right users, mean confidence, expected calibration error,
 * whether the shop counter is found, and its effect on the portraits. At the end: confidence and fraction of right users
 * by confidence.
 */
@Command(
        name = "portraits",
        mixinStandardHelpOptions = true,
        description = "Confidence of portraits compared with planted portraits.")
public final class PortraitEvaluation implements Callable<Integer> {
    private static final LocalDate LAST_DAY = LocalDate.of(2024, 6, 14);
    private static final int USERS = 1_500;
    private static final String COUNTER = "shop-counter";

    @Mixin
    private SeedOptions options = new SeedOptions();

    @Option(
            names = "--events-per-user",
            split = ",",
            defaultValue = "16,40",
            description = "Mean number of events of a user, one or more (default: ${DEFAULT-VALUE}).")
    private List<Integer> eventsPerUser = new ArrayList<>();

    /** Usage as above; ends the process. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new PortraitEvaluation()).execute(arguments));
    }

    @Override
    public Integer call() {
        List<Reliability> all = new ArrayList<>();
        try (LocalPipeline pipeline = new LocalPipeline(options.settings())) {
            for (int events : eventsPerUser) {
                List<Reliability> ofEvents = new ArrayList<>();
                for (int seed : options.seeds()) {
                    ofEvents.add(measure(pipeline, seed, events));
                }
                System.out.printf(Locale.ROOT, "%d events a user, all seeds:%n", events);
                Reliability.merge(ofEvents).print();
                all.addAll(ofEvents);
            }
        }
        System.out.println("all:");
        Reliability.merge(all).print();
        return 0;
    }

    private Reliability measure(LocalPipeline pipeline, int seed, int events) {
        Path folder = options.folder("events-" + events + "-seed-" + seed);
        Path landing = folder.resolve("landing");
        SeedOptions.generate(
                landing,
                seed,
                "--users",
                String.valueOf(USERS),
                "--products",
                "100",
                "--kocs",
                "40",
                "--events",
                String.valueOf(events * USERS),
                "--days",
                "120",
                "--end-date",
                LAST_DAY.toString(),
                "--counter-fraction",
                "0.1");
        Path warehouseFolder = folder.resolve("warehouse");
        if (!Files.exists(warehouseFolder)) {
            pipeline.run(
                    "run",
                    "--landing",
                    landing.toString(),
                    "--warehouse",
                    warehouseFolder.toString(),
                    "--date",
                    LAST_DAY.toString(),
                    "--jobs",
                    "clean,features,portraits");
        }
        Warehouse warehouse = pipeline.openWarehouse(warehouseFolder);
        List<Row> members = warehouse
                .read(PortraitTables.USER_PORTRAITS, LAST_DAY)
                .where("confidence IS NOT NULL")
                .collectAsList();
        PlantedMembership membership = PlantedMembership.of(members, plantedPortraits(landing));
        System.out.printf(
                Locale.ROOT,
                "%d events a user, seed %d: %d portraits, adjusted Rand index %.3f, %s%n",
                events,
                seed,
                membership.portraits(),
                membership.adjustedRandIndex(),
                membership.reliability().summary());
        printCounter(warehouse);
        return membership.reliability();
    }

    private static void printCounter(Warehouse warehouse) {
        List<Row> shared = warehouse
                .read(FeatureTables.USER_FEATURES, LAST_DAY)
                .where(col("as_of").equalTo(lit(LAST_DAY)).and(col("is_likely_joint_account")))
                .collectAsList();
        long counters = shared.stream()
                .filter(row -> row.getAs("user_id").equals(COUNTER))
                .count();
        Row highest = warehouse
                .read(PortraitTables.PORTRAITS, LAST_DAY)
                .orderBy(col("net_spend_90d").desc())
                .head();
        System.out.printf(
                Locale.ROOT,
                "  shop counter found: %s; other accounts found: %d; highest mean spend of a portrait in 90 days: %s%n",
                counters == 1 ? "yes" : "no",
                shared.size() - counters,
                highest.getAs("net_spend_90d"));
    }

    /** The planted portrait of each user, from the truth beside a landing folder. */
    private static Map<String, String> plantedPortraits(Path landing) {
        try {
            List<String> lines = Files.readAllLines(landing.resolve("_truth/users.csv"));
            Map<String, String> planted = new HashMap<>();
            for (String line : lines.subList(1, lines.size())) {
                String[] cells = line.split(",", -1);
                planted.put(cells[0], cells[1]);
            }
            return planted;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
