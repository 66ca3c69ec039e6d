package koc.recommend.products;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import koc.SparkTest;
import koc.recommend.PortraitIndex;
import koc.recommend.PortraitIndex.Portrait;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class PortraitRatesTest extends SparkTest {
    private static final PortraitIndex PORTRAITS =
            new PortraitIndex(List.of(new Portrait("m", "Mothers", 3), new Portrait("s", "Students", 2)));
    private static final Dataset<Row> USERS = SPARK.sql(
            "SELECT * FROM VALUES ('a', 0), ('b', 0), ('c', 0), ('d', 1), ('e', 2) AS t(user_id, portrait_index)");
    private static final Dataset<Row> OWNED = SPARK.sql(
            "SELECT * FROM VALUES ('a', 1), ('b', 1), ('d', 1), ('a', 2), ('e', 4) AS t(user_id, product_number)");
    private static final Dataset<Row> PRODUCTS = SPARK.sql(
                    "SELECT * FROM VALUES (1, 'toys', 10L), (2, 'toys', 10L), (3, 'pens', 10L), (4, 'cups', 5L)"
                            + " AS t(product_number, path, offered_days)")
            .selectExpr("*", "10L AS history_days");

    @Test
    void withoutShrinkageARateIsTheFractionOfThePortraitThatOwnsIt() {
        assertThat(rates(1, 1e-9)).containsExactly(new double[] {2 / 3.0, 1, 3 / 5.0}, within(1e-6));
        assertThat(rates(2, 1e-9)).containsExactly(new double[] {1 / 3.0, 0, 1 / 5.0}, within(1e-6));
    }

    @Test
    void aRateShrinksTowardsThePopulationRateTimesThePortraitsCategoryRatio() {
        // Mothers own 3 toys where 3 x 4 / 5 = 2.4 are expected: (3 + 2) / (2.4 + 2). One of three owns product 2, and
        // the population rate is .2: (1 + 2 x .2 x 5 / 4.4) / (3 + 2).
        assertThat(rates(2, 2)[0]).isCloseTo((1 + 2 * 0.2 * 5 / 4.4) / 5, within(1e-9));
    }

    @Test
    void aProductWithoutOwnersHasRateZero() {
        assertThat(rates(3, 2)).containsExactly(0, 0, 0);
    }

    private static double[] rates(int product, double shrinkage) {
        PortraitRates rates = new PortraitRates(PORTRAITS, shrinkage);
        Row row = rates.compute(rates.count(OWNED, USERS, PRODUCTS))
                .where("product_number = " + product)
                .head();
        return row.<Double>getList(row.fieldIndex("rates")).stream()
                .mapToDouble(rate -> rate)
                .toArray();
    }
}
