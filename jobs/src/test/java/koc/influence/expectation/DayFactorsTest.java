package koc.influence.expectation;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import koc.SparkTest;
import koc.influence.exposure.UnexposedPurchases;
import org.apache.spark.sql.Column;
import org.junit.jupiter.api.Test;

class DayFactorsTest extends SparkTest {
    private static double value(Column column) {
        return SPARK.range(1).select(column.cast("double")).head().getDouble(0);
    }

    @Test
    void busyDaysCountMore() {
        DayFactors factors = DayFactors.compute(rows(UnexposedPurchases.PURCHASES, """
                user_id | day_offset
                a       | 0
                a       | 1
                b       | 1
                c       | 1
                """), 2);

        assertThat(value(factors.factorOn(lit(0)))).isEqualTo(.5);
        assertThat(value(factors.factorOn(lit(1)))).isEqualTo(1.5);
    }

    @Test
    void partsOfDaysCountByTheFactorOfTheirDay() {
        DayFactors factors = new DayFactors(.5, 1.5, 1);

        assertThat(value(factors.daysBetween(lit(.5), lit(2.25)))).isCloseTo(.25 + 1.5 + .25, within(1e-12));
        assertThat(value(factors.daysBetween(lit(0.0), lit(3.0)))).isCloseTo(3, within(1e-12));
    }

    @Test
    void withoutPurchasesAllDaysAreAlike() {
        DayFactors factors = DayFactors.compute(rows(UnexposedPurchases.PURCHASES, "user_id"), 3);

        assertThat(value(factors.factorOn(lit(2)))).isEqualTo(1);
    }
}
