package koc.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import koc.SparkTest;
import koc.tables.FeatureTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class UserCategoriesTest extends SparkTest {
    private static final LocalDate DAY = LocalDate.parse("2024-06-30");

    @Test
    void interestCountsLessThanPurchases() {
        assertThat(categories("""
                arrived    | day        | user_id | category | interest | purchase_lines | refunded_lines
                2024-06-30 | 2024-06-01 | ann     | soap     | 0        | 3              | 1
                2024-06-30 | 2024-06-01 | ann     | toys     | 10       | 0              | 0
                2024-06-30 | 2024-06-01 | ann     | refunded | 0        | 1              | 1
                """)).isEqualTo("[[soap,2.0,0.5], [toys,2.0,0.5]]");
    }

    @Test
    void aRefundOfAnUnknownPurchaseDoesNotReduceInterest() {
        assertThat(categories("""
                arrived    | day        | user_id | category | interest | purchase_lines | refunded_lines
                2024-06-30 | 2024-06-01 | ann     | toys     | 5        | 0              | 1
                """)).isEqualTo("[[toys,1.0,1.0]]");
    }

    private static String categories(String userCategoryDays) {
        Dataset<Row> categories = UserCategories.compute(
                rows(FeatureTables.USER_CATEGORY_DAYS, userCategoryDays), DAY, List.of(DAY), 0.2);
        return categories
                .orderBy("category")
                .select("category", "weight", "attention_fraction")
                .collectAsList()
                .toString();
    }
}
