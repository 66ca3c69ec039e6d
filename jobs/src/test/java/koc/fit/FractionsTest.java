package koc.fit;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import koc.SparkTest;
import org.apache.spark.sql.Column;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FractionsTest extends SparkTest {
    private static final Column NULL = lit(null).cast("double");

    @Test
    void aFractionIsLimitedAndRoundedAndKeepsNull() {
        assertThat(value(Fractions.fraction(lit(1.5)))).isEqualTo(1);
        assertThat(value(Fractions.fraction(lit(-.5)))).isZero();
        assertThat(value(Fractions.fraction(lit(1 / 3.0)))).isEqualTo(.333333);
        assertThat(value(Fractions.fraction(NULL))).isNull();
    }

    @Test
    void aRatioOfNothingIsNull() {
        assertThat(value(Fractions.ratio(lit(1), lit(4)))).isEqualTo(.25);
        assertThat(value(Fractions.ratio(lit(0), lit(0)))).isNull();
    }

    @Test
    void theWorkedNumberOfTheDocumentation() {
        Double shrunk = SPARK.sql("SELECT 1L AS refunded, 5L AS bought, .04D AS mean")
                .select(Fractions.shrunkRatio("refunded", "bought", "mean", 10).as("ratio"))
                .select(col("ratio"))
                .head()
                .getDouble(0);

        assertThat(shrunk).isCloseTo(1.4 / 15, within(1e-12));
    }

    private static @Nullable Double value(Column column) {
        return SPARK.range(1).select(column.as("value")).head().getAs("value");
    }
}
