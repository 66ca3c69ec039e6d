package koc.recommend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import koc.SparkTest;
import koc.recommend.PortraitIndex.Portrait;
import koc.recommend.RecommendSettings.NewProductSettings;
import koc.tables.FitTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;

class ColdStartTest extends SparkTest {
    private static final PortraitIndex ALL_ALIKE = new PortraitIndex(List.of(new Portrait("a", "All", 100)));
    private static final PortraitIndex TWO =
            new PortraitIndex(List.of(new Portrait("m", "Mothers", 200), new Portrait("s", "Students", 200)));
    private static final NewProductSettings SETTINGS = RecommendSettings.from(config(
                    "koc.recommend.new-products.days=60",
                    "koc.recommend.new-products.evidence=2",
                    "koc.recommend.new-products.seeding-days=14",
                    "koc.recommend.new-products.seeding-uses=2"))
            .newProducts();

    @Test
    void aProductIsNewForSoManyDaysFromItsLaunchAndNotBefore() {
        Dataset<Row> products = rows(FitTables.PRODUCT_PROFILE, """
                product_id | launched_on
                old        | 2024-04-01
                recent     | 2024-04-02
                today      | 2024-05-31
                to_come    | 2024-06-01
                unknown    |
                """);

        assertThat(ages(products, "2024-01-01", "2024-05-31"))
                .containsExactly(
                        "[old,true,false,61,152]",
                        "[recent,true,true,60,152]",
                        "[to_come,false,false,1,152]",
                        "[today,true,true,1,152]",
                        "[unknown,true,false,152,152]");
        // As of an earlier day, of a history that begins later than the first launches.
        assertThat(ages(products, "2024-04-02", "2024-05-01"))
                .containsExactly(
                        "[old,true,true,30,30]",
                        "[recent,true,true,30,30]",
                        "[to_come,false,false,1,30]",
                        "[today,false,false,1,30]",
                        "[unknown,true,false,30,30]");
        assertThat(ColdStart.latestLaunch(products, day("2024-05-01"))).contains(day("2024-04-02"));
        assertThat(ColdStart.latestLaunch(products, day("2024-01-01"))).isEmpty();
    }

    @Test
    void whatItsLikeDidAndItsOwnBuyersAreMixedByEvidence() {
        // Eight pens of 2 buyers and two toys of 12: 4 of 100 users a product. For the toys 12 x 2 / 8 times that,
        // worth
        // (2 + 24 / 3) / (2 + 8 / 3); then 3 buyers in a tenth of the days, where .86 are expected.
        Row found = rates(ALL_ALIKE, "100D AS total_users, 100L AS users_0", """
                ('toy 1', 'toys', NULL, NULL, false, 100L, 12L, 12L),
                ('toy 2', 'toys', NULL, NULL, false, 100L, 12L, 12L),
                ('new', 'toys', NULL, NULL, true, 10L, 3L, 3L),
                """ + pens(8, "2L, 2L"));

        assertThat(numbers(found)).containsExactly(new double[] {0.15, 0.15}, within(1e-9));
        assertThat(found.<Integer>getAs("peer_level")).isEqualTo(1);
        assertThat(found.<Long>getAs("peer_products")).isEqualTo(2);
        assertThat(found.<Long>getAs("peer_buyers")).isEqualTo(24);
    }

    @Test
    void aNewProductOfACategoryThatAPortraitLovesIsExpectedNearTheTruth() {
        // Of any toy 40% of the mothers and 2% of the students; the last of them was on offer for half of the days
        // only.
        Row found = rates(TWO, "400D AS total_users, 200L AS users_0, 200L AS users_1", """
                ('toy 1', 'toys', NULL, NULL, false, 100L, 84L, 80L, 4L),
                ('toy 2', 'toys', NULL, NULL, false, 100L, 84L, 80L, 4L),
                ('toy 3', 'toys', NULL, NULL, false, 100L, 84L, 80L, 4L),
                ('toy 4', 'toys', NULL, NULL, false, 100L, 84L, 80L, 4L),
                ('toy 5', 'toys', NULL, NULL, false, 100L, 84L, 80L, 4L),
                ('toy 6', 'toys', NULL, NULL, false, 50L, 42L, 40L, 2L),
                ('new', 'toys', NULL, NULL, true, 1L, 1L, 1L, 0L),
                """ + pens(20, "40L, 20L, 20L"));

        assertThat(numbers(found)[0]).isCloseTo(0.4, within(0.06));
        assertThat(numbers(found)[1]).isCloseTo(0.02, within(0.02));
        assertThat(numbers(found)[2]).isCloseTo(0.21, within(0.03));
    }

    @Test
    void theNarrowerTheLikenessTheMoreItCounts() {
        String everyToy = """
                ('best', 'toys', 'A', 30D, false, 100L, 40L, 40L),
                ('same brand', 'toys', 'A', 10D, false, 100L, 20L, 20L),
                ('same band', 'toys', 'B', 30D, false, 100L, 10L, 10L),
                ('other', 'toys', 'B', 11D, false, 100L, 2L, 2L),
                ('plain', 'toys', NULL, NULL, false, 100L, 2L, 2L),
                """ + pens(5, "5L, 5L") + ", ";
        String users = "100D AS total_users, 100L AS users_0";

        Row likeBest = rates(ALL_ALIKE, users, everyToy + "('new', 'toys', 'A', 30D, true, 1L, 0L, 0L)");
        Row likeBrand = rates(ALL_ALIKE, users, everyToy + "('new', 'toys', 'A', 20D, true, 1L, 0L, 0L)");
        Row likeBand = rates(ALL_ALIKE, users, everyToy + "('new', 'toys', NULL, 30D, true, 1L, 0L, 0L)");
        Row likeNone = rates(ALL_ALIKE, users, everyToy + "('new', 'cups', 'A', 30D, true, 1L, 0L, 0L)");

        assertThat(List.of(likeBest, likeBrand, likeBand, likeNone))
                .extracting(row -> row.<Integer>getAs("peer_level"))
                .containsExactly(4, 3, 2, 0);
        assertThat(numbers(likeBest)[0]).isGreaterThan(numbers(likeBrand)[0]);
        assertThat(numbers(likeBrand)[0]).isGreaterThan(numbers(likeNone)[0]);
        // Ten products with 99 buyers among 100 users, one day of a hundred on offer.
        assertThat(numbers(likeNone)[0]).isCloseTo(0.099 * 2 / (2 + 0.099), within(1e-9));
        assertThat(likeNone.<Long>getAs("peer_buyers")).isEqualTo(99);
    }

    @Test
    void aLaunchGoesToLoyalKocsFirstThenToAll() {
        Dataset<Row> products = SPARK.sql("SELECT * FROM VALUES (1, 'toys', false, NULL), (2, 'toys', false, NULL),"
                + " (3, 'toys', true, DATE'2024-05-18'), (4, 'toys', true, DATE'2024-05-17'),"
                + " (5, '(none)', true, DATE'2024-05-18')"
                + " AS t(product_number, path, is_new, launched_on)");
        Dataset<Row> parts = SPARK.sql("SELECT koc_number, product_number FROM VALUES (1), (2), (3) AS k(koc_number)"
                + " CROSS JOIN VALUES (1), (3), (4), (5) AS p(product_number)");
        Dataset<Row> ownUse = SPARK.sql(
                "SELECT * FROM VALUES (1, 1, 1L), (1, 2, 1L), (2, 1, 1L) AS t(koc_number, product_number, uses)");

        Dataset<Row> kept = ColdStart.keepSeeded(parts, products, products, ownUse, day("2024-05-31"), SETTINGS);

        assertThat(kept.where("product_number = 3").collectAsList())
                .extracting(Row::toString)
                .containsExactly("[1,3]");
        assertThat(kept.where("product_number <> 3").count()).isEqualTo(9);
    }

    /** The row of the product 'new'. */
    private static Row rates(PortraitIndex order, String users, String products) {
        String holders = order.size() == 1 ? "owners, owners_0" : "owners, owners_0, owners_1";
        Dataset<Row> known = SPARK.sql("SELECT *, 100L AS history_days, true AS is_launched, " + users
                        + " FROM VALUES " + products.strip().replaceAll(",$", "")
                        + " AS t(product_id, path, brand, price, is_new, offered_days, " + holders + ")")
                .withColumn("brand", functions.col("brand").cast("string"))
                .withColumn("price", functions.col("price").cast("double"))
                .selectExpr("*", "CAST(row_number() OVER (ORDER BY product_id) AS INT) AS product_number");
        Dataset<Row> counted = known.drop("brand", "price", "is_new", "is_launched", "product_id");
        return ColdStart.withRates(
                        PortraitRates.of(counted, order, 20),
                        counted,
                        known.select("product_number", "brand", "price", "is_new", "is_launched"),
                        order,
                        SETTINGS)
                .join(known.where("is_new").select("product_number"), new String[] {"product_number"}, "left_semi")
                .head();
    }

    private static String pens(int count, String holders) {
        StringBuilder pens = new StringBuilder();
        for (int i = 0; i < count; i++) {
            pens.append(i == 0 ? "" : ", ")
                    .append("('pen " + i + "', 'pens', NULL, NULL, false, 100L, " + holders + ")");
        }
        return pens.toString();
    }

    private static double[] numbers(Row row) {
        return row.<Double>getList(row.fieldIndex("rates")).stream()
                .mapToDouble(rate -> rate)
                .toArray();
    }

    private static List<String> ages(Dataset<Row> products, String since, String day) {
        return ColdStart.withAge(products, day(since), day(day), SETTINGS)
                .orderBy("product_id")
                .select("product_id", "is_launched", "is_new", "offered_days", "history_days")
                .collectAsList()
                .stream()
                .map(Row::toString)
                .toList();
    }
}
