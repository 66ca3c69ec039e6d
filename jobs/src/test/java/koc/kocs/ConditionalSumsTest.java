package koc.kocs;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import koc.SparkTest;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class ConditionalSumsTest extends SparkTest {
    @Test
    void onlyRowsThatMeetTheConditionAreSummed() {
        Dataset<Row> counts = SPARK.range(1, 5).toDF("id");

        assertThat(sumWhereIdIsAbove(2, counts)).isEqualTo(7);
        assertThat(sumWhereIdIsAbove(9, counts)).isZero();
    }

    private static long sumWhereIdIsAbove(int id, Dataset<Row> counts) {
        return counts.agg(ConditionalSums.sumWhere(col("id").gt(id), "id"))
                .head()
                .getLong(0);
    }
}
