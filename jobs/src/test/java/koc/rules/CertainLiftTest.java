package koc.rules;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import koc.SparkTest;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class CertainLiftTest extends SparkTest {
    private static final Dataset<Row> LIFTS = SPARK.sql("""
            SELECT * FROM VALUES
                ('far above',          1.2D,    2.5D),
                ('far below',          0.2D,    0.8D),
                ('shown from 1.00 on', 1.0049D, 1.04D),
                ('shown from 1.01 on', 1.005D,  1.04D),
                ('shown up to 0.99',   0.9D,    0.9949D),
                ('shown up to 1.00',   0.9D,    0.995D),
                ('unknown',            NULL,    NULL)
            AS t(name, lift_low, lift_high)""");

    @Test
    void aLiftIsCertainlyAboveOneIfItsLowerBoundIsShownAboveOne() {
        assertThat(names(CertainLift.isMore(col("lift_low")))).containsExactly("far above", "shown from 1.01 on");
    }

    @Test
    void aLiftIsCertainlyBelowOneIfItsUpperBoundIsShownBelowOne() {
        assertThat(names(CertainLift.isLess(col("lift_high")))).containsExactly("far below", "shown up to 0.99");
    }

    @Test
    void theConditionInSqlIsThatOfTheColumns() {
        assertThat(LIFTS.where(CertainLift.IS_MORE_OR_LESS).select("name").collectAsList())
                .isEqualTo(LIFTS.where(CertainLift.isMore(col("lift_low")).or(CertainLift.isLess(col("lift_high"))))
                        .select("name")
                        .collectAsList())
                .hasSize(4);
    }

    private static List<String> names(Column condition) {
        return LIFTS.where(condition).orderBy("name").select("name").collectAsList().stream()
                .map(row -> row.getString(0))
                .toList();
    }
}
