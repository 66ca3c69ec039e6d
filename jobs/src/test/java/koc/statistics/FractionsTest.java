package koc.statistics;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import koc.SparkTest;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FractionsTest extends SparkTest {
    private static final Column MISSING = lit(null).cast("double");

    @Test
    void aRatioToZeroOrToNothingIsMissing() {
        assertThat(value(Fractions.ratio(lit(3), lit(4)))).isEqualTo(.75);
        assertThat(value(Fractions.ratio(lit(3), lit(0)))).isNull();
        assertThat(value(Fractions.ratio(lit(3), MISSING))).isNull();
    }

    @Test
    void clampingKeepsMissingValuesMissing() {
        assertThat(value(Fractions.clamp(lit(1.5)))).isEqualTo(1);
        assertThat(value(Fractions.clamp(lit(-.5)))).isZero();
        assertThat(value(Fractions.clamp(MISSING))).isNull();
    }

    @Test
    void theMeanLeavesOutMissingValues() {
        assertThat(value(Fractions.meanOfPresent(lit(.2), MISSING, lit(.4)))).isCloseTo(.3, within(1e-12));
        assertThat(value(Fractions.meanOfPresent(MISSING, MISSING))).isNull();
    }

    @Test
    void aRateWithLittleEvidenceIsShrunkToTheBaseline() {
        assertThat(value(Fractions.shrink(lit(8), lit(10), lit(.5), 10))).isCloseTo(.65, within(1e-12));
        assertThat(value(Fractions.shrink(lit(0), lit(0), lit(.5), 10))).isCloseTo(.5, within(1e-12));
        assertThat(value(Fractions.shrink(lit(8), lit(10), MISSING, 10))).isNull();
    }

    private static @Nullable Double value(Column column) {
        Row row = SPARK.range(1).select(column).head();
        return row.isNullAt(0) ? null : row.getDouble(0);
    }
}
