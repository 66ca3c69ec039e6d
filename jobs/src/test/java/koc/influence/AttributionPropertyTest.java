package koc.influence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import koc.SparkTest;
import koc.influence.exposure.ExposureInputs;
import koc.influence.exposure.PurchaseExposure;
import koc.rules.OpenTies;
import koc.tables.CleanTables;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The touches of a purchase share exactly one purchase among them. */
class AttributionPropertyTest extends SparkTest {
    private static final InfluenceSettings SETTINGS = InfluenceSettings.from(DEFAULTS);
    private static final InfluencePeriod JANUARY =
            new InfluencePeriod(LocalDate.parse("2024-01-01"), LocalDate.parse("2024-01-31"));
    private static final LocalDateTime FIRST = LocalDateTime.parse("2024-01-01T00:00");
    private static final int SIX_HOURS_OF_A_MONTH = 31 * 4;
    /** A fraction is rounded to nine decimals. */
    private static final double ROUNDING = 1e-9;

    private static final String HEADER =
            "event_id | occurred_at | day | user_id | event_type | product_id | sharer_id | amount | quantity\n";
    /** A purchase with two touches, so that no try is without any. */
    private static final String TOUCHED_PURCHASE = """
            open | 2024-01-07 10:00:00 | 2024-01-07 | u1 | share_open | p1 | k1 |    | 1
            ask  | 2024-01-10 10:00:00 | 2024-01-10 | u1 | inquiry    | p1 | k2 |    | 1
            buy  | 2024-01-10 10:00:00 | 2024-01-10 | u1 | purchase   | p1 |    | 50 | 1
            """;

    @Property(tries = 5, seed = "1706", edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void theFractionsOfAPurchaseSumToOne(@ForAll("events") List<String> events) {
        String text = HEADER
                + TOUCHED_PURCHASE
                + IntStream.range(0, events.size())
                        .mapToObj(i -> "e" + i + " | " + events.get(i))
                        .collect(Collectors.joining("\n"));

        Map<String, List<Double>> fractions = touches(rows(CleanTables.EVENTS, text)).collectAsList().stream()
                .collect(Collectors.groupingBy(
                        row -> row.<String>getAs("event_id"),
                        Collectors.mapping(row -> row.<Double>getAs("touch_fraction"), Collectors.toList())));

        assertThat(fractions).containsKey("buy").hasSizeGreaterThan(5);
        assertThat(fractions).anySatisfy((purchase, parts) -> assertThat(parts).hasSizeGreaterThan(2));
        assertThat(fractions).allSatisfy((purchase, parts) -> {
            assertThat(parts).allMatch(part -> 0 < part && part <= 1);
            assertThat(parts.stream().mapToDouble(part -> part).sum()).isCloseTo(1, within(parts.size() * ROUNDING));
        });
    }

    /** Events as text without their identifier. Many happen at the same instant, because they begin every six hours. */
    @Provide
    Arbitrary<List<String>> events() {
        Arbitrary<LocalDateTime> times =
                Arbitraries.integers().between(0, SIX_HOURS_OF_A_MONTH - 1).map(step -> FIRST.plusHours(6L * step));
        return Combinators.combine(
                        times,
                        Arbitraries.of("u1", "u2", "u3", "k1"),
                        Arbitraries.of("share", "share_open", "inquiry", "purchase"),
                        Arbitraries.of("p1", "p2"),
                        Arbitraries.of("k1", "k2", "k3", "u1"))
                .as((time, user, type, product, koc) -> String.join(
                        " | ",
                        time.toString().replace('T', ' '),
                        time.toLocalDate().toString(),
                        type.equals("share") ? koc : user,
                        type,
                        product,
                        type.equals("share_open") || type.equals("inquiry") ? koc : "",
                        type.equals("purchase") ? "50" : "",
                        "1"))
                .list()
                .ofSize(120);
    }

    private static Dataset<Row> touches(Dataset<Row> events) {
        Dataset<Row> products = rows(CleanTables.PRODUCTS, "product_id | category\np1 | c\np2 | c")
                .select("product_id", "category");
        Dataset<Row> ties = OpenTies.computeSpans(rows(CleanTables.TIES, """
                koc_id | user_id | tie_type | since
                k1     | u1      | friend   | 2024-01-05
                k1     | u2      | friend   | 2024-01-01
                k2     | u2      | follow   | 2024-01-09
                k3     | u3      | group    | 2024-01-01
                """));
        Dataset<Row> users =
                rows(CleanTables.USERS, "user_id | registered_at | acquired_via\nu3 | 2024-01-02 10:00:00 | koc:k2");
        PurchaseExposure exposure = new PurchaseExposure(JANUARY, SETTINGS.windowDays());
        Dataset<Row> purchases = exposure.selectPurchases(
                events, products, rows(CleanTables.REFUNDS, "refund_event_id | day\nnone | 2024-01-01"));
        Dataset<Row> shares = exposure.selectShares(events, products, ties);
        return new Attribution(SETTINGS)
                .selectTouches(
                        new ExposureInputs(
                                purchases,
                                shares,
                                ties,
                                PurchaseExposure.selectExposedPurchases(purchases, shares, ties)),
                        events,
                        users);
    }
}
