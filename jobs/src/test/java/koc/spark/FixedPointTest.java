package koc.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import koc.SparkTest;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class FixedPointTest extends SparkTest {
    @Test
    void sumsAreThoseOfDecimals() {
        Dataset<Row> rows = decimals("12.30", "0.05", "-0.01", "9999999999999999.99", "-9999999999999999.99");

        Row sums =
                rows.agg(FixedPoint.CENTS.sum(col("value")), expr("SUM(value)")).head();

        assertThat(sums.getDecimal(0)).isEqualTo(new BigDecimal("12.34")).isEqualTo(sums.getDecimal(1));
    }

    @Test
    void wholeNumbersHaveTheUnitOfTheirName() {
        Row row = decimals("12.30")
                .select(FixedPoint.CENTS.of(col("value")), FixedPoint.THOUSANDTHS.of(col("value")))
                .head();

        assertThat(List.of(row.getLong(0), row.getLong(1))).containsExactly(1230L, 12_300L);
    }

    @Test
    void furtherDecimalsAreRoundedHalfUp() {
        Dataset<Row> rows = SPARK.sql("SELECT CAST('0.005' AS DECIMAL(18,4)) AS value");

        assertThat(rows.select(FixedPoint.CENTS.of(col("value"))).head().getLong(0))
                .isEqualTo(1);
    }

    @Test
    void theSumOfNoValuesIsNull() {
        assertThat(decimals("1")
                        .where("value > 1")
                        .agg(FixedPoint.CENTS.sum(col("value")))
                        .head()
                        .isNullAt(0))
                .isTrue();
    }

    @Test
    void aSumOfMoreThanEighteenDigitsFails() {
        Dataset<Row> rows = decimals("9999999999999999.99", "0.01");

        assertThatThrownBy(() -> rows.agg(FixedPoint.CENTS.sum(col("value"))).head())
                .hasStackTraceContaining("ArithmeticException");
    }

    private static Dataset<Row> decimals(String... values) {
        return SPARK.createDataset(List.of(values), Encoders.STRING())
                .select(col("value").cast("decimal(18,2)").as("value"));
    }
}
