package koc.recommend.products;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import koc.SparkTest;
import koc.recommend.PortraitIndex;
import koc.recommend.PortraitIndex.Portrait;
import koc.recommend.RecommendSettings;
import koc.recommend.RecommendSettings.NewProductSettings;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;

class ColdStartTest extends SparkTest {
    private static final PortraitIndex ONE = new PortraitIndex(List.of(new Portrait("a", "All", 100)));
    private static final PortraitIndex TWO =
            new PortraitIndex(List.of(new Portrait("m", "Mothers", 200), new Portrait("s", "Students", 200)));
    private static final NewProductSettings SETTINGS = RecommendSettings.from(
                    config("koc.recommend.new-products.peer-shrinkage=2"))
            .newProducts();

    @Test
    void peersAndOwnBuyersAreWeightedByTheirEvidence() {
        // Eight pens with 2 buyers and two toys with 12: 4 of 100 users buy any product. The toys have 24 buyers where
        // 8 are
        // expected, a factor of (2 + 24 / 3) / (2 + 8 / 3). Then 3 own buyers in a tenth of the days, where .86 are
        // expected.
        Row found = rates(ONE, "100D AS total_users, 100L AS users_0", """
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
    void theEstimateIsNearTheTrueRatesOfACategory() {
        // 40% of the mothers and 2% of the students buy any toy; the last toy was on offer for half of the days.
        Row found =
                rates(TWO, "400D AS total_users, 200L AS users_0, 200L AS users_1", """
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
    void closerPeersCountMore() {
        String everyToy = """
                ('best', 'toys', 'A', 30D, false, 100L, 40L, 40L),
                ('same brand', 'toys', 'A', 10D, false, 100L, 20L, 20L),
                ('same band', 'toys', 'B', 30D, false, 100L, 10L, 10L),
                ('other', 'toys', 'B', 11D, false, 100L, 2L, 2L),
                ('plain', 'toys', NULL, NULL, false, 100L, 2L, 2L),
                """ + pens(5, "5L, 5L") + ", ";
        String users = "100D AS total_users, 100L AS users_0";

        Row bestPeers = rates(ONE, users, everyToy + "('new', 'toys', 'A', 30D, true, 1L, 0L, 0L)");
        Row brandPeers = rates(ONE, users, everyToy + "('new', 'toys', 'A', 20D, true, 1L, 0L, 0L)");
        Row bandPeers = rates(ONE, users, everyToy + "('new', 'toys', NULL, 30D, true, 1L, 0L, 0L)");
        Row anyPeers = rates(ONE, users, everyToy + "('new', 'cups', 'A', 30D, true, 1L, 0L, 0L)");

        assertThat(List.of(bestPeers, brandPeers, bandPeers, anyPeers))
                .extracting(row -> row.<Integer>getAs("peer_level"))
                .containsExactly(4, 3, 2, 0);
        assertThat(numbers(bestPeers)[0]).isGreaterThan(numbers(brandPeers)[0]);
        assertThat(numbers(brandPeers)[0]).isGreaterThan(numbers(anyPeers)[0]);
        // Ten products with 99 buyers among 100 users, one day of a hundred on offer.
        assertThat(numbers(anyPeers)[0]).isCloseTo(0.099 * 2 / (2 + 0.099), within(1e-9));
        assertThat(anyPeers.<Long>getAs("peer_buyers")).isEqualTo(99);
    }

    /** The row of the product 'new'. */
    private static Row rates(PortraitIndex portraits, String users, String products) {
        String owners = portraits.size() == 1 ? "owners, owners_0" : "owners, owners_0, owners_1";
        Dataset<Row> profiles = SPARK.sql("SELECT *, 100L AS history_days, true AS is_launched, " + users
                        + " FROM VALUES " + products.strip().replaceAll(",$", "")
                        + " AS t(product_id, path, brand, price, is_new, offered_days, " + owners + ")")
                .withColumn("brand", functions.col("brand").cast("string"))
                .withColumn("price", functions.col("price").cast("double"))
                .selectExpr("*", "CAST(row_number() OVER (ORDER BY product_id) AS INT) AS product_number");
        Dataset<Row> counts = profiles.drop("brand", "price", "is_new", "is_launched", "product_id");
        return new ColdStart(portraits, SETTINGS)
                .withRates(
                        new PortraitRates(portraits, 20).compute(counts),
                        counts,
                        profiles.select("product_number", "brand", "price", "is_new", "is_launched"))
                .join(profiles.where("is_new").select("product_number"), new String[] {"product_number"}, "left_semi")
                .head();
    }

    private static String pens(int count, String owners) {
        StringBuilder pens = new StringBuilder();
        for (int i = 0; i < count; i++) {
            pens.append(i == 0 ? "" : ", ")
                    .append("('pen " + i + "', 'pens', NULL, NULL, false, 100L, " + owners + ")");
        }
        return pens.toString();
    }

    private static double[] numbers(Row row) {
        return row.<Double>getList(row.fieldIndex("rates")).stream()
                .mapToDouble(rate -> rate)
                .toArray();
    }
}
