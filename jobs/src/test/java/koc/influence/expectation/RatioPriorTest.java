package koc.influence.expectation;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import koc.SparkTest;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class RatioPriorTest extends SparkTest {
    /** Small enough not to matter. */
    private static final double SHRINKAGE = 1e-9;

    @Test
    void theExampleOfTheDocumentation() {
        RatioPrior prior = fit("(30, 20D), (10, 20D)", SHRINKAGE);

        assertThat(prior.mean()).isCloseTo(1, within(1e-6));
        assertThat(prior.strength()).isCloseTo(5, within(1e-6));
        assertThat(number(prior.ratio(lit(30), lit(20.0)))).isCloseTo(1.4, within(1e-6));
        assertThat(number(prior.relativeVariance(lit(30)))).isCloseTo(1 / 35.0, within(1e-6));
    }

    @Test
    void ratiosThatDifferByChanceOnlyBecomeTheirMean() {
        RatioPrior prior = fit("(52, 40D), (48, 40D), (50, 40D)", SHRINKAGE);

        assertThat(prior.strength()).isEqualTo(10_000);
        assertThat(number(prior.ratio(lit(52), lit(40.0)))).isCloseTo(1.25, within(.01));
    }

    @Test
    void ratiosThatDifferEnormouslyAreStillShrunkByOneCount() {
        RatioPrior prior = fit("(100, 1D), (0, 99D)", SHRINKAGE);

        assertThat(prior.strength()).isEqualTo(1);
        assertThat(number(prior.ratio(lit(6), lit(.05)))).isCloseTo(7 / 1.05, within(1e-6));
    }

    @Test
    void fewCountsHardlyMoveTheMeanFrom1() {
        assertThat(fit("(2, 1D)", 5).mean()).isCloseTo(7 / 6.0, within(1e-9));
    }

    @Test
    void countsOfALargeBrandDoNotOverflow() {
        RatioPrior prior = fit("(3000000000, 2000000000D), (1000000000, 2000000000D)", SHRINKAGE);

        assertThat(prior.mean()).isCloseTo(1, within(1e-9));
        assertThat(prior.strength()).isCloseTo(4, within(1e-6));
    }

    @Test
    void withoutRowsTheRatioIs1() {
        RatioPrior prior = RatioPrior.fit(counts("(1, 1D)").where("false"), col("o"), col("e"), 5);

        assertThat(number(prior.ratio(lit(0), lit(0.0)))).isEqualTo(1);
    }

    private static RatioPrior fit(String values, double shrinkage) {
        return RatioPrior.fit(counts(values), col("o"), col("e"), shrinkage);
    }

    private static Dataset<Row> counts(String values) {
        return SPARK.sql("SELECT o, e FROM VALUES " + values + " AS counts(o, e)");
    }

    private static double number(Column value) {
        return SPARK.range(1).select(value).head().getDouble(0);
    }
}
