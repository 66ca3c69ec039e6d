package koc.influence.expectation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import koc.SparkTest;
import koc.influence.InfluenceSettings;
import koc.influence.exposure.PoolMembers;
import koc.influence.exposure.UnexposedPurchases;
import koc.spark.Checkpoints;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Two KOCs with one member each. The member of k buys the shared tea ten times as often as expected, that of n never. */
class SharedProductFactorsTest extends SparkTest {
    @Test
    void aPoolThatBuysSharedProductsMoreOftenAnywayHasAFactorAbove1() {
        List<Row> factors = compute(40, 0);

        assertThat(factors).extracting(row -> row.<String>getAs("koc_id")).containsExactly("k", "n");
        // 9 of 10 expected purchases are unexposed. Both products weigh the same, so the counts are 40 and 0 where 9
        // are expected: m = 45 / 23, and the counts differ so much that m is worth little.
        assertThat(factors.get(0).<Double>getAs("shared_product_factor")).isGreaterThan(3);
        assertThat(factors.get(1).<Double>getAs("shared_product_factor")).isLessThan(.9);
        assertThat(factors.get(0).<Double>getAs("relative_variance")).isBetween(1 / 50.0, 1 / 40.0);
    }

    @Test
    void poolsThatBuyAsExpectedHaveTheFactor1() {
        assertThat(compute(9, 9))
                .extracting(row -> row.<Double>getAs("shared_product_factor"))
                .allSatisfy(factor -> assertThat(factor).isCloseTo(1, within(.01)));
    }

    @Test
    void purchasesOfAnotherProductDoNotCount() {
        assertThat(compute(9, 9, "a | parents | bread | drinks | 3\n".repeat(50)))
                .extracting(row -> row.<Double>getAs("shared_product_factor"))
                .allSatisfy(factor -> assertThat(factor).isCloseTo(1, within(.01)));
    }

    private static List<Row> compute(int ofFirst, int ofSecond) {
        return compute(ofFirst, ofSecond, "");
    }

    private static List<Row> compute(int ofFirst, int ofSecond, String others) {
        Dataset<Row> purchases = rows(
                UnexposedPurchases.PURCHASES,
                "user_id | portrait_id | product_id | category | day_offset\n"
                        + "a | parents | tea | drinks | 3\n".repeat(ofFirst)
                        + "b | parents | cola | drinks | 3\n".repeat(ofSecond)
                        + others);
        Dataset<Row> members = rows(PoolMembers.MEMBERS, """
                user_id | koc_id | first_offset | last_offset | portrait_id
                a       | k      | 0            | 89          | parents
                b       | n      | 0            | 89          | parents
                """);
        Dataset<Row> portraitDays = rows(PoolMembers.PORTRAIT_DAYS, """
                portrait_id | user_days | days_of_tied_users | ties_per_tied_user
                parents     | 9000      | 9000      | 1
                """);
        Dataset<Row> baselines = rows(PoolBaselines.BASELINES, """
                koc_id | portrait_id | category | member_days | earlier_purchase_factor | baseline_purchases
                k      | parents     | drinks   | 90          | 1                       | 45
                n      | parents     | drinks   | 90          | 1                       | 45
                """);
        Dataset<Row> rates = rows(BaselineRates.RATES, """
                portrait_id | product_id | category | rate   | category_rate
                parents     | tea        | drinks   | .1111111111 | .5
                parents     | cola       | drinks   | .1111111111 | .5
                """);
        Dataset<Row> expected = SPARK.sql("SELECT * FROM VALUES ('k', 'parents', 'tea', 'drinks', 1D, 1D),"
                + " ('n', 'parents', 'cola', 'drinks', 1D, 1D) AS e(koc_id, portrait_id, product_id, category,"
                + " expected_without_pool_factors, pool_category_factor)");
        try (Checkpoints checkpoints = new Checkpoints()) {
            Dataset<Row> factors = new SharedProductFactors(InfluenceSettings.from(DEFAULTS), checkpoints)
                    .compute(purchases, members, portraitDays, baselines, rates, expected);
            assertThat(factors.columns()).containsExactlyElementsOf(SharedProductFactors.FACTORS.columnNames());
            return factors.orderBy("koc_id").collectAsList();
        }
    }
}
