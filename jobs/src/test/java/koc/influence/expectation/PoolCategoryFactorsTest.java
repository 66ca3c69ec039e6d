package koc.influence.expectation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import koc.SparkTest;
import koc.influence.InfluenceSettings;
import koc.influence.exposure.PoolMembers;
import koc.influence.exposure.UnexposedPurchases;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class PoolCategoryFactorsTest extends SparkTest {
    @Test
    void aPoolThatBuysMoreThanItsPortraitsHasALargerFactor() {
        String twentyPurchases = IntStream.range(0, 20)
                .mapToObj(day -> "a | parents | tea | drinks | " + day + "\n")
                .collect(Collectors.joining());

        Dataset<Row> factors = new PoolCategoryFactors(InfluenceSettings.from(DEFAULTS))
                .compute(
                        rows(
                                UnexposedPurchases.PURCHASES,
                                "user_id | portrait_id | product_id | category | day_offset\n" + twentyPurchases
                                        + "a | parents | tea | drinks | 50\n"),
                        rows(PoolMembers.MEMBERS, """
                        koc_id | user_id | first_offset | last_offset | portrait_id
                        k      | a       | 0            | 39          | parents
                        """),
                        rows(PoolMembers.PORTRAIT_DAYS, """
                        portrait_id | user_days | days_of_tied_users | ties_per_tied_user
                        parents     | 400       | 40        | 1
                        """),
                        rows(PoolBaselines.BASELINES, """
                        koc_id | portrait_id | category | member_days | baseline_purchases
                        k      | parents     | drinks   | 40          | 12
                        """),
                        SPARK.sql("SELECT 'k' AS koc_id, 'parents' AS portrait_id, 'drinks' AS category,"
                                + " 2D AS expected_without_pool_factors"));

        Row row = factors.head();
        // 20 purchases in the pool where 12 are expected, of which 2 are exposed.
        assertThat(row.<Double>getAs("pool_category_factor")).isCloseTo((20 + 5) / (10 + 5.0), within(1e-12));
        assertThat(row.<Double>getAs("variance")).isCloseTo(Math.pow(2 * 25 / 15.0, 2) / 25, within(1e-12));
        assertThat(factors.columns()).containsExactlyElementsOf(PoolCategoryFactors.FACTORS.columnNames());
    }
}
