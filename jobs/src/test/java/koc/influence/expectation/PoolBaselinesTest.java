package koc.influence.expectation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import koc.SparkTest;
import koc.influence.exposure.PoolMembers;
import koc.influence.exposure.PurchaseExposure;
import koc.influence.exposure.UnexposedPurchases;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class PoolBaselinesTest extends SparkTest {
    @Test
    void thePoolsFactorIsTheMeanOfItsMembersDays() {
        Dataset<Row> baselines = PoolBaselines.compute(
                rows(PurchaseExposure.SHARES, "share_id | koc_id | category\ns | k | drinks"),
                rows(PoolMembers.MEMBERS, """
                koc_id | user_id | first_offset | last_offset | portrait_id
                k      | a       | 0            | 9           | parents
                """),
                rows(UnexposedPurchases.EARLIEST_PURCHASES, """
                user_id | portrait_id | category | first_purchase_offset | second_purchase_offset
                a       | parents     | drinks   | 6              | 8
                """),
                rows(EarlierPurchaseFactors.FACTORS, """
                portrait_id | category | category_rate | factor_none | factor_one | factor_more
                parents     | drinks   | .2            | .5          | 1          | 3
                """));

        Row row = baselines.head();
        // Two of ten days after one purchase, one after two.
        assertThat(row.<Double>getAs("earlier_purchase_factor")).isCloseTo(.85, within(1e-12));
        assertThat(row.<Double>getAs("baseline_purchases")).isCloseTo(10 * .2 * .85, within(1e-12));
        assertThat(baselines.columns()).containsExactlyElementsOf(PoolBaselines.BASELINES.columnNames());
    }
}
