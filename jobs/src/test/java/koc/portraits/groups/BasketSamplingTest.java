package koc.portraits.groups;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import koc.SparkTest;
import koc.portraits.fit.ModelSettings;
import koc.spark.Checkpoints;
import koc.tables.FeatureTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class BasketSamplingTest extends SparkTest {
    private static final LocalDate LAST_DAY = day("2024-06-02");
    private static final LocalDate DAY = day("2024-06-30");

    @Test
    void withoutGroupsOfProductsThereAreBasketsToJudgeBy() {
        Dataset<Row> productDays = rows(FeatureTables.USER_PRODUCT_DAYS, """
                day        | user_id | product_id | purchase_lines | refunded_lines | interest
                2024-06-01 | ann     | green      | 3              | 0              | 0
                2024-06-01 | bob     | green      | 1              | 0              | 0
                2024-06-01 | bob     | cake       | 1              | 0              | 0
                2024-06-20 | bob     | green      | 2              | 0              | 0
                """);
        Dataset<Row> users = SPARK.sql("SELECT * FROM VALUES ('ann'), ('bob') AS t(user_id)");

        try (Checkpoints checkpoints = new Checkpoints()) {
            ProductBaskets baskets = BasketSampling.draw(
                    users,
                    productDays,
                    LAST_DAY,
                    DAY,
                    ModelSettings.from(config("koc.portraits.product-groups.products=0")),
                    checkpoints);

            // The cake of one user only says nothing about others.
            assertThat(baskets.products()).containsExactly("green");
            assertThat(baskets.countUsers()).containsExactly(2);
        }
    }
}
