package koc.recommend.rank;

import static org.assertj.core.api.Assertions.assertThat;

import koc.SparkTest;
import koc.recommend.TargetEvent;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class ReadinessTest extends SparkTest {
    private static final Dataset<Row> SCORED = SPARK.sql("""
            SELECT koc_number, product_number, IF(product_number = 1, true, NULL) AS is_approved
            FROM range(1, 5) AS kocs(koc_number) CROSS JOIN range(1, 3) AS products(product_number)""");

    private static final Dataset<Row> KOCS =
            SPARK.sql("SELECT * FROM VALUES (1L, 'ready'), (2L, 'stranger'), (3L, 'critic'), (4L, 'unranked')"
                    + " AS kocs(koc_number, koc_id)");

    private static final Dataset<Row> RANKING =
            SPARK.sql("SELECT * FROM VALUES ('ready', true, true), ('stranger', false, true), ('critic', true, false)"
                    + " AS ranking(koc_id, is_tied_to_brand, approves_products)");

    @Test
    void aCriticIsReadyOnlyForWhatTheyUseAndAStrangerForNothing() {
        assertThat(Readiness.mark(SCORED, KOCS, RANKING, TargetEvent.PURCHASE)
                        .orderBy("koc_number", "product_number")
                        .select("koc_number", "product_number", "not_ready_reason")
                        .collectAsList())
                .extracting(Row::toString)
                .containsExactly(
                        "[1,1,null]",
                        "[1,2,null]",
                        "[2,1,tie]",
                        "[2,2,tie]",
                        "[3,1,null]",
                        "[3,2,approval]",
                        "[4,1,null]",
                        "[4,2,null]");
    }

    @Test
    void allAreReadyWhenPurchasesAreNotRecorded() {
        assertThat(Readiness.mark(SCORED, KOCS, RANKING, TargetEvent.CLICK)
                        .where("not_ready_reason IS NOT NULL")
                        .isEmpty())
                .isTrue();
    }
}
