package koc.clean;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import koc.Silence;
import koc.SparkTest;
import koc.TemporaryFolder;
import koc.run.JobRun;
import koc.source.LandingFolder;
import koc.tables.CleanTables;
import koc.warehouse.Warehouse;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import org.apache.spark.sql.Row;

/** Every landed line is counted exactly once: as kept, as rejected for one reason, or as left for a later day. */
class CleanJobPropertyTest extends SparkTest {
    private static final String DAY = "2024-03-02";
    private static final Map<String, String> HEADERS = Map.of(
            "events", "event_id,occurred_at,user_id,event_type,product_id,order_id,quantity,unit_price",
            "users", "user_id,role,registered_at",
            "products", "product_id,price,stock",
            "costs", "day,cost_type,amount");

    @Property(tries = 3, seed = "1707", edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void everyLandedLineIsCountedOnce(
            @ForAll("events") List<String> events,
            @ForAll("users") List<String> users,
            @ForAll("products") List<String> products,
            @ForAll("costs") List<String> costs,
            @ForAll boolean isFlat) {
        try (TemporaryFolder folder = new TemporaryFolder()) {
            LandingFolder landing = new LandingFolder(folder.resolve("landing"));
            Map<String, List<String>> lines =
                    Map.of("events", events, "users", users, "products", products, "costs", costs);
            lines.forEach((source, landed) -> land(landing, source, landed, isFlat));
            Warehouse warehouse = openWarehouse(folder.resolve("warehouse"));

            new CleanJob(config(
                            "koc.clean.reject-limit=1",
                            "koc.clean.allow-empty-day=true",
                            "koc.clean.robot.actions-per-hour=9"))
                    .run(new JobRun(day(DAY), null, landing.path(), false, warehouse, new Silence()));

            lines.forEach((source, landed) -> assertClosed(warehouse, source, landed.size()));
        }
    }

    /** Two files: of one arrival, or of two. */
    private static void land(LandingFolder landing, String source, List<String> lines, boolean isFlat) {
        String header = HEADERS.get(source) + "\n";
        int half = lines.size() / 2;
        landing.file(
                        source + (isFlat ? "/a.csv" : "/arrived=2024-03-01/a.csv"),
                        header + String.join("\n", lines.subList(0, half)) + "\n")
                .file(
                        source + (isFlat ? "/b.csv" : "/arrived=" + DAY + "/b.csv"),
                        header + String.join("\n", lines.subList(half, lines.size())) + "\n");
    }

    private static void assertClosed(Warehouse warehouse, String source, int written) {
        Map<String, Long> counts = warehouse
                .readUpTo(CleanTables.ARRIVAL_CHECKS, day(DAY))
                .where("source = '" + source + "'")
                .select("check_name", "rows")
                .collectAsList()
                .stream()
                .collect(Collectors.toMap(row -> row.getString(0), row -> row.getLong(1), Long::sum));
        long rejected = List.of(RejectReason.values()).stream()
                .mapToLong(reason -> counts.getOrDefault(reason.code(), 0L))
                .sum();
        long kept = counts.getOrDefault("kept", 0L);

        long read = counts.getOrDefault("read", 0L);

        // A line in which every value is empty is no row.
        assertThat(read + counts.getOrDefault("blank_rows", 0L))
                .as("read from " + source)
                .isEqualTo(written);
        assertThat(kept + rejected + counts.getOrDefault("later", 0L))
                .as("kept, rejected and left for later of " + counts)
                .isEqualTo(read);
        assertThat(warehouse
                        .readUpTo(CleanTables.REJECTS, day(DAY))
                        .where("source = '" + source + "'")
                        .count())
                .isEqualTo(rejected);
        assertThat(warehouse
                        .readUpTo(Source.named(source).orElseThrow().table(), day(DAY))
                        .count())
                .isEqualTo(kept);
        Row closing = warehouse
                .read(CleanTables.DATA_QUALITY, day(DAY))
                .where("source = '" + source + "' AND check_name = 'counts_close'")
                .select("rows", "failed")
                .head();
        assertThat(closing.getLong(0)).isEqualTo(read);
        assertThat(closing.getLong(1)).isZero();
    }

    @Provide
    Arbitrary<List<String>> events() {
        Arbitrary<String> any = Combinators.combine(
                        Arbitraries.integers().between(0, 200).map(id -> id == 0 ? "" : "e" + id),
                        times(),
                        Arbitraries.of("u", "v", "bot", "bot", "bot", ""),
                        Arbitraries.of("view", "view", "click", "purchase", "share", "wave", ""),
                        Arbitraries.of("p0", "p0", "p0", "p1", "unknown", ""),
                        Arbitraries.of("", "1", "2", "0", "many"),
                        Arbitraries.of("", "9.5", "9.5", "-1", "cheap"))
                .as((id, time, user, type, product, quantity, price) ->
                        String.join(",", id, time, user, type, product, "", quantity, price));
        // Valid unless the user acts too often, so that the rules about several rows meet many accepted rows.
        Arbitrary<String> valid = Combinators.combine(
                        Arbitraries.integers().between(0, 60), Arbitraries.of("u", "bot"), Arbitraries.of("p0", "p1"))
                .as((id, user, product) -> "v" + id + ",2024-03-01T09:00:00," + user + ",view," + product + ",,,");
        return lines(Arbitraries.frequencyOf(Tuple.of(1, any), Tuple.of(1, valid)), 160);
    }

    @Provide
    Arbitrary<List<String>> users() {
        return lines(
                Combinators.combine(
                                Arbitraries.of("u", "v", "w", "x", ""),
                                Arbitraries.of("consumer", "consumer", "guide", "", "wizard"),
                                times())
                        .as((user, role, time) -> String.join(",", user, role, time)),
                30);
    }

    @Provide
    Arbitrary<List<String>> products() {
        return lines(
                Combinators.combine(
                                Arbitraries.of("p0", "p1", "p2", "p3", ""),
                                Arbitraries.of("9.5", "", "-1", "free"),
                                Arbitraries.of("", "3", "-3", "few"))
                        .as((product, price, stock) -> String.join(",", product, price, stock)),
                30);
    }

    @Provide
    Arbitrary<List<String>> costs() {
        return lines(
                Combinators.combine(
                                Arbitraries.of("2024-03-01", "2024-03-09", "1999-12-31", "soon", ""),
                                Arbitraries.of("ad", "gift", "tip"),
                                Arbitraries.of("5", "-5", "", "much"))
                        .as((day, type, amount) -> String.join(",", day, type, amount)),
                30);
    }

    /** Times before the epoch, on the days of both arrivals, and after them; and text that is no time. */
    private static Arbitrary<String> times() {
        return Arbitraries.of(
                "2024-03-01T09:00:00",
                "2024-03-01T09:30:00",
                "2024-03-02T09:00:00",
                "2024-03-01T02:00:00Z",
                "2024-03-09T09:00:00",
                "1999-12-31T09:00:00",
                "yesterday",
                "");
    }

    /** Lines of which some are malformed: too short, too long, or with a quote that is not closed. */
    private static Arbitrary<List<String>> lines(Arbitrary<String> fields, int number) {
        Arbitrary<String> malformed = Arbitraries.of("broken", "a,b,c,d,e,f,g,h,i,j", "\"open,2024-03-01");
        return Arbitraries.frequencyOf(Tuple.of(12, fields), Tuple.of(1, malformed))
                .list()
                .ofSize(number);
    }
}
