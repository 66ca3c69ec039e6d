package koc.statistics;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import koc.SparkTest;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/** More evidence of the same kind narrows an interval. Each try computes many cases in one query. */
class IntervalPropertyTest extends SparkTest {
    private static final int CASES = 500;

    @Property(tries = 2, seed = "1704", edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void theLowerEndOfAFractionRisesWithTheNumberOfCases(@ForAll("fractions") List<String> cases) {
        Dataset<Row> found = cases(cases, "fraction", "n", "growth")
                .select(
                        col("fraction"),
                        WilsonInterval.low(col("fraction"), col("n")).as("few"),
                        WilsonInterval.low(col("fraction"), col("n").multiply(col("growth")))
                                .as("many"));

        assertThat(found.where("0 < few AND few < many AND many < fraction").count())
                .isEqualTo(CASES);
    }

    /**
     * The interval of a lift narrows when count and expected count grow by the same factor, if they agree with the prior:
     * the count is at most 1.5 times what the prior expects. A larger count contradicts the prior, and then the interval
     * may first widen. The variance (c m + x) / (c + E)^2 can only grow from a ratio of 2 on. The 90% interval of a small
     * shape can do so earlier, because its skewness falls at the same time. The prior's shape c m is at least 1, because an
     * interval is cut off at 0 below .5.
     */
    @Property(tries = 2, seed = "1705", edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void theIntervalOfALiftNarrowsWithTheExpectedCount(@ForAll("lifts") List<String> cases) {
        Dataset<Row> found = cases(cases, "prior_mean", "prior_shape", "ratio", "expected", "growth")
                .withColumn("concentration", col("prior_shape").divide(col("prior_mean")))
                .withColumn("count", col("ratio").multiply(col("prior_mean")).multiply(col("expected")))
                .selectExpr("*", "count * growth AS count_2", "expected * growth AS expected_2")
                .select(
                        GammaPoisson.low(col("count"), col("expected"), col("prior_mean"), col("concentration"))
                                .as("low"),
                        GammaPoisson.high(col("count"), col("expected"), col("prior_mean"), col("concentration"))
                                .as("high"),
                        GammaPoisson.low(col("count_2"), col("expected_2"), col("prior_mean"), col("concentration"))
                                .as("low_2"),
                        GammaPoisson.high(col("count_2"), col("expected_2"), col("prior_mean"), col("concentration"))
                                .as("high_2"));

        assertThat(found.where("0 < low AND low < high AND high_2 - low_2 < high - low")
                        .count())
                .isEqualTo(CASES);
    }

    @Provide
    Arbitrary<List<String>> fractions() {
        return Combinators.combine(between(0.01, 1), between(1, 10_000), between(1.01, 10))
                .as((fraction, n, growth) -> fraction + " " + n + " " + growth)
                .list()
                .ofSize(CASES);
    }

    @Provide
    Arbitrary<List<String>> lifts() {
        return Combinators.combine(
                        between(0.1, 5), between(1, 1_000), between(0, 1.5), between(0.01, 1_000), between(1.01, 10))
                .as((mean, shape, ratio, expected, growth) ->
                        mean + " " + shape + " " + ratio + " " + expected + " " + growth)
                .list()
                .ofSize(CASES);
    }

    private static Arbitrary<Double> between(double low, double high) {
        return Arbitraries.doubles().between(low, high).ofScale(3);
    }

    /** One row a case; the numbers of a case are separated by spaces. */
    private static Dataset<Row> cases(List<String> cases, String... names) {
        Dataset<Row> rows = SPARK.createDataset(cases, Encoders.STRING()).toDF("text");
        for (int i = 0; i < names.length; i++) {
            rows = rows.selectExpr("*", "CAST(split(text, ' ')[" + i + "] AS DOUBLE) AS " + names[i]);
        }
        return rows;
    }
}
