package koc.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import koc.Silence;
import koc.SparkTest;
import koc.TemporaryFolder;
import koc.clean.CleanJob;
import koc.run.JobRun;
import koc.source.LandingFolder;
import koc.tables.FeatureTables;
import koc.warehouse.Table;
import koc.warehouse.Warehouse;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** The order of landed rows, their files and Spark's partitions never change a table, down to the last bit of a double. */
class FeaturesJobPropertyTest extends SparkTest {
    private static final String DAY = "2024-03-01";
    private static final LocalDateTime FIRST = LocalDateTime.parse("2024-01-01T00:00");
    private static final int HOURS = 60 * 24;
    private static final List<Table> COMPARED =
            List.of(FeatureTables.USER_DAYS, FeatureTables.USER_PRODUCT_DAYS, FeatureTables.USER_FEATURES);
    private static final String EVENT_HEADER =
            "event_id,occurred_at,user_id,event_type,product_id,order_id,quantity,unit_price,sharer_id,rating";
    private static final String USERS = IntStream.rangeClosed(1, 8)
            .mapToObj(i -> "u" + i + "," + (i % 2 == 0 ? "guide" : "consumer") + ",2023-0" + i + "-01T10:00:00")
            .collect(Collectors.joining("\n", "user_id,role,registered_at\n", "\n"));
    private static final String PRODUCTS = IntStream.rangeClosed(1, 5)
            .mapToObj(i -> "p" + i + ",a > c" + i % 2 + "," + i + ".35")
            .collect(Collectors.joining("\n", "product_id,category,price\n", "\n"));

    @Property(tries = 1, seed = "1708", edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void theLayoutOfTheInputNeverChangesATable(
            @ForAll("events") List<String> events, @ForAll("layouts") List<Layout> layouts) {
        try (TemporaryFolder folder = new TemporaryFolder()) {
            List<List<String>> expected = tablesOf(folder.resolve("one-file"), List.of(events), Map.of());
            assertThat(expected).noneMatch(List::isEmpty);

            for (Layout layout : layouts) {
                List<List<String>> found = tablesOf(
                        folder.resolve("layout-" + layouts.indexOf(layout)), layout.split(events), layout.settings());
                for (int i = 0; i < COMPARED.size(); i++) {
                    assertThat(found.get(i))
                            .as(COMPARED.get(i).name() + " of " + layout)
                            .isEqualTo(expected.get(i));
                }
            }
        }
    }

    @Provide
    Arbitrary<List<String>> events() {
        Arbitrary<String> event = Combinators.combine(
                        Arbitraries.integers().between(0, HOURS - 1),
                        Arbitraries.integers().between(1, 8),
                        Arbitraries.of(
                                "view", "cart", "purchase", "purchase", "refund", "share", "share_open", "review"),
                        Arbitraries.integers().between(1, 5),
                        Arbitraries.integers().between(1, 20),
                        Arbitraries.integers().between(1, 3))
                .as(FeaturesJobPropertyTest::event);
        return event.list().ofSize(200).map(landed -> IntStream.range(0, landed.size())
                // Some identifiers occur twice, in rows with other content: which row is kept must not depend on order.
                .mapToObj(i -> "e" + i % 190 + "," + landed.get(i))
                .toList());
    }

    @Provide
    Arbitrary<List<Layout>> layouts() {
        return Combinators.combine(
                        Arbitraries.longs(),
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.of(1, 3, 7),
                        Arbitraries.of(true, false))
                .as(Layout::new)
                .list()
                .ofSize(2);
    }

    private static String event(int hour, int user, String type, int product, int order, int quantity) {
        boolean hasPrice = type.equals("purchase") || type.equals("refund");
        return String.join(
                ",",
                FIRST.plusHours(hour).toString() + ":00",
                "u" + user,
                type,
                "p" + product,
                hasPrice && order <= 15 ? "o" + user + "-" + order : "",
                hasPrice ? String.valueOf(quantity) : "",
                hasPrice ? product + "." + (10 + order) : "",
                type.equals("share_open") ? "u" + (user % 8 + 1) : "",
                type.equals("review") ? String.valueOf(quantity + 1) : "");
    }

    /** The rows of the compared tables as text, in the order of their keys. */
    private static List<List<String>> tablesOf(Path folder, List<List<String>> files, Map<String, String> settings) {
        LandingFolder landing = new LandingFolder(folder.resolve("landing"))
                .file("users/users.csv", USERS)
                .file("products/products.csv", PRODUCTS);
        for (int i = 0; i < files.size(); i++) {
            landing.file("events/" + i + ".csv", EVENT_HEADER + "\n" + String.join("\n", files.get(i)) + "\n");
        }
        Warehouse warehouse = openWarehouse(folder.resolve("warehouse"));
        JobRun run = new JobRun(day(DAY), null, landing.path(), false, warehouse, new Silence());
        withSettings(settings, () -> {
            new CleanJob(config("koc.clean.reject-limit=1", "koc.clean.allow-empty-day=true")).run(run);
            new FeaturesJob(DEFAULTS).run(run);
        });
        return COMPARED.stream().map(table -> rowsOf(warehouse, table)).toList();
    }

    private static List<String> rowsOf(Warehouse warehouse, Table table) {
        return warehouse.readUpTo(table, day(DAY)).collectAsList().stream()
                .map(row -> row.mkString(" "))
                .sorted()
                .toList();
    }

    /** Runs with these settings of Spark, and then restores the former ones. */
    private static void withSettings(Map<String, String> settings, Runnable jobs) {
        Map<String, String> former = settings.keySet().stream()
                .collect(Collectors.toMap(key -> key, key -> SPARK.conf().get(key)));
        settings.forEach((key, value) -> SPARK.conf().set(key, value));
        try {
            jobs.run();
        } finally {
            former.forEach((key, value) -> SPARK.conf().set(key, value));
        }
    }

    /**
     * How the same rows are landed and processed.
     *
     * @param seed of the order of the rows
     * @param files number of files
     * @param partitions number of partitions of a shuffle
     * @param isCoalesced whether small partitions are merged, of files and of shuffles
     */
    record Layout(long seed, int files, int partitions, boolean isCoalesced) {
        List<List<String>> split(List<String> rows) {
            List<String> shuffled = new ArrayList<>(rows);
            Random random = new Random(seed);
            Collections.shuffle(shuffled, random);
            List<List<String>> split = new ArrayList<>();
            IntStream.range(0, files).forEach(any -> split.add(new ArrayList<>()));
            shuffled.forEach(row -> split.get(random.nextInt(files)).add(row));
            return split;
        }

        Map<String, String> settings() {
            return Map.of(
                    "spark.sql.shuffle.partitions",
                    String.valueOf(partitions),
                    "spark.sql.adaptive.coalescePartitions.enabled",
                    String.valueOf(isCoalesced),
                    "spark.sql.files.maxPartitionBytes",
                    isCoalesced ? "128MB" : "4KB",
                    "spark.sql.files.openCostInBytes",
                    isCoalesced ? "4MB" : "0");
        }
    }
}
