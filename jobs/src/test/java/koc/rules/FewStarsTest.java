package koc.rules;

import static org.assertj.core.api.Assertions.assertThat;

import koc.SparkTest;
import koc.tables.FitTables;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class FewStarsTest extends SparkTest {
    @Test
    void severalVoicesWithFewStarsOnAverageAreEnough() {
        assertThat(rows(FitTables.PRODUCT_PROFILE, """
                product_id | mean_rating | reviews | complaints
                complained | 2           | 1       | 1
                half       | 2.5         | 4       | 0
                nobody     |             | 0       | 3
                once       | 1           | 1       | 0
                twice      | 1.5         | 2       | 0
                """)
                        .where(FewStars.hasFewStars())
                        .orderBy("product_id")
                        .select("product_id")
                        .collectAsList())
                .extracting(Row::toString)
                .containsExactly("[complained]", "[twice]");
    }
}
