package koc.recommend.products;

import static org.assertj.core.api.Assertions.assertThat;

import koc.SparkTest;
import koc.tables.FeatureTables;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class OwnUseTest extends SparkTest {
    @Test
    void loyaltyToAProductGrowsWithUsesAndAComplaintBlocksIt() {
        assertThat(OwnUse.compute(
                                rows(FeatureTables.USER_PRODUCT_DAYS, """
                                arrived    | day        | user_id | product_id | units | reviews | good_reviews | complaints
                                2024-01-01 | 2024-01-01 | k       | 1          | 1     | 0       | 0            | 0
                                2024-01-01 | 2024-01-01 | k       | 2          | 1     | 0       | 0            | 0
                                2024-01-02 | 2024-01-02 | k       | 2          | 0     | 1       | 1            | 0
                                2024-01-01 | 2024-01-01 | k       | 3          | 1     | 1       | 0            | 1
                                2024-01-01 | 2024-01-01 | k       | 4          | 0     | 1       | 0            | 0
                                2024-01-01 | 2024-01-01 | x       | 1          | 1     | 0       | 0            | 0
                                """).na().fill(0),
                                SPARK.sql("SELECT 'k' AS koc_id, 1 AS koc_number"),
                                SPARK.sql("SELECT CAST(id AS STRING) AS product_id, CAST(id AS INT) AS product_number"
                                        + " FROM range(1, 6)"))
                        .orderBy("product_number")
                        .select("product_number", "uses", "product_loyalty", "is_blocked", "is_approved")
                        .collectAsList())
                .extracting(Row::toString)
                .containsExactly(
                        "[1,1,0.5,false,true]",
                        "[2,2,0.75,false,true]",
                        "[3,1,0.5,true,false]",
                        "[4,0,0.0,false,false]");
    }
}
