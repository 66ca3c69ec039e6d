package koc.rules;

import static org.assertj.core.api.Assertions.assertThat;

import koc.SparkTest;
import koc.tables.FeatureTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class ProductUseTest extends SparkTest {
    @Test
    void aComplaintAReturnOrABadReviewBlocksAProductAndThreeStarsAreNeutral() {
        Dataset<Row> judged =
                ProductUse.judge(rows(FeatureTables.USER_PRODUCT_DAYS, """
                arrived    | day        | user_id | product_id | units | refunded_units | reviews | good_reviews | bad_reviews | complaints
                2024-01-01 | 2024-01-01 | koc     | kept       | 1     | 0              | 0       | 0            | 0           | 0
                2024-01-01 | 2024-01-01 | koc     | liked      | 1     | 0              | 0       | 0            | 0           | 0
                2024-01-02 | 2024-01-02 | koc     | liked      | 0     | 0              | 1       | 1            | 0           | 0
                2024-01-01 | 2024-01-01 | koc     | neutral    | 1     | 0              | 1       | 0            | 0           | 0
                2024-01-01 | 2024-01-01 | koc     | onlyRated3 | 0     | 0              | 1       | 0            | 0           | 0
                2024-01-01 | 2024-01-01 | koc     | complained | 1     | 0              | 0       | 0            | 0           | 0
                2024-01-05 | 2024-01-05 | koc     | complained | 0     | 0              | 0       | 0            | 0           | 1
                2024-01-01 | 2024-01-01 | koc     | disliked   | 1     | 0              | 1       | 0            | 1           | 0
                2024-01-01 | 2024-01-01 | koc     | returned   | 2     | 0              | 0       | 0            | 0           | 0
                2024-01-04 | 2024-01-01 | koc     | returned   | 0     | 2              | 0       | 0            | 0           | 0
                2024-01-01 | 2024-01-01 | koc     | oneOfTwo   | 2     | 1              | 0       | 0            | 0           | 0
                2024-01-01 | 2024-01-01 | koc     | viewed     | 0     | 0              | 0       | 0            | 0           | 0
                """).na().fill(0));

        assertThat(judged.orderBy("product_id")
                        .select("product_id", "uses", "is_blocked", "is_approved")
                        .collectAsList())
                .extracting(Row::toString)
                .containsExactly(
                        "[complained,1,true,false]",
                        "[disliked,1,true,false]",
                        "[kept,1,false,true]",
                        "[liked,2,false,true]",
                        "[neutral,1,false,true]",
                        "[oneOfTwo,1,true,false]",
                        "[onlyRated3,0,false,false]",
                        "[returned,0,true,false]");
    }
}
