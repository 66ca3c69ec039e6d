package koc.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import koc.SparkTest;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExactSumsTest extends SparkTest {
    private static final WindowSpec ALL =
            Window.partitionBy(lit(1)).rowsBetween(Window.unboundedPreceding(), Window.unboundedFollowing());

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everyOrderAndEveryNumberOfPartitionsGivesTheSameBits(long seed) {
        double[] values = values(5000, seed, 1e6);
        Column[] sums = {ExactSums.sum(col("value")), ExactSums.preciseSum(col("value")), ExactSums.mean(col("value"))};

        Row once = rows(values).coalesce(1).agg(sums[0], sums[1], sums[2]).head();
        Row plain = rows(values).coalesce(1).agg(sum("value")).head();
        boolean doPlainSumsDiffer = false;

        for (int partitions : new int[] {2, 7, 16}) {
            double[] shuffled = shuffled(values, seed + partitions);
            Dataset<Row> rows = rows(shuffled).repartition(partitions);
            assertThat(rows.agg(sums[0], sums[1], sums[2]).head()).isEqualTo(once);
            doPlainSumsDiffer |=
                    !rows(shuffled).coalesce(1).agg(sum("value")).head().equals(plain);
        }
        // The values are such that it matters.
        assertThat(doPlainSumsDiffer).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5})
    void sumsOfSumsAndWindowsGiveTheSameBitsAsOneSum(long seed) {
        double[] values = values(999, seed, 100);
        Dataset<Row> rows = rows(shuffled(values, seed)).repartition(5);
        double whole = rows.agg(ExactSums.sum(col("value"))).head().getDouble(0);
        double precise = rows.agg(ExactSums.preciseSum(col("value"))).head().getDouble(0);

        Row nested = rows.groupBy(expr("CAST(value AS INT) % 7"))
                .agg(ExactSums.sum(col("value")).as("value"))
                .agg(ExactSums.sum(col("value")))
                .head();
        Row over = rows.select(
                        ExactSums.sumOver(col("value"), ALL).as("a"),
                        ExactSums.preciseSumOver(col("value"), ALL).as("b"))
                .distinct()
                .head();

        assertThat(nested.getDouble(0)).isEqualTo(whole);
        assertThat(over.getDouble(0)).isEqualTo(whole);
        assertThat(over.getDouble(1)).isEqualTo(precise);
    }

    @Test
    void squaresOfMoneyAddUpBeyondTheRangeOfWholeNumbers() {
        // The squared errors of a thousand customer values of 50 million each.
        Row sum = SPARK.range(1000)
                .select(lit(2.5e15).as("value"))
                .agg(ExactSums.wideSum(col("value")))
                .head();

        assertThat(sum.getDouble(0)).isEqualTo(2.5e18);
        assertThatThrownBy(() ->
                        SPARK.range(1000).agg(ExactSums.preciseSum(lit(2.5e15))).head())
                .hasMessageContaining("overflow");
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-6, 1, 1000, 3e9})
    void sumsAreAsNearToTheDecimalSumAsTheirUnitsSay(double size) {
        double[] values = values(1000, 6, size);
        BigDecimal exact = BigDecimal.ZERO;
        for (double value : values) {
            exact = exact.add(new BigDecimal(value));
        }

        Row precise = rows(values).agg(ExactSums.preciseSum(col("value"))).head();

        // 1,000 roundings of half a unit of 2^-52 each, and one of the result.
        assertThat(precise.getDouble(0))
                .isCloseTo(exact.doubleValue(), within(1000 * 0x1p-53 + Math.ulp(exact.doubleValue())));
        if (size <= 1000) {
            Row nine = rows(values).agg(ExactSums.sum(col("value"))).head();
            assertThat(nine.getDouble(0)).isCloseTo(exact.doubleValue(), within(1000 * .5e-9));
        }
    }

    @Test
    void decimalsOfNineDigitsAddUpAsAPersonAddsThem() {
        double[] thirds = {.333333333, .333333333, .333333334, .1, .2, -.3};

        assertThat(rows(thirds).agg(ExactSums.sum(col("value"))).head().getDouble(0))
                .isEqualTo(1.0);
    }

    @Test
    void nullsAreLeftOutAndASumOfNothingIsNull() {
        Dataset<Row> rows = rows(new double[] {1, 2, 4})
                .withColumn("value", when(col("value").notEqual(2), col("value")));
        Column[] sums = {ExactSums.sum(col("value")), ExactSums.preciseSum(col("value")), ExactSums.mean(col("value"))};

        Row some = rows.agg(sums[0], sums[1], sums[2]).head();
        Row none = rows.where("false").agg(sums[0], sums[1], sums[2]).head();

        assertThat(some.getDouble(0)).isEqualTo(5);
        assertThat(some.getDouble(1)).isEqualTo(5);
        assertThat(some.getDouble(2)).isEqualTo(2.5);
        assertThat(none.anyNull()).isTrue();
        assertThat(IntStream.range(0, 3).allMatch(none::isNullAt)).isTrue();
    }

    @Test
    void sumsReachTheRangesThatTheirDocumentationNames() {
        // 300 million credits of 1, and 100 million users over 365 days.
        double[] credits = IntStream.range(0, 300).mapToDouble(i -> 1e6).toArray();
        double[] days = IntStream.range(0, 100).mapToDouble(i -> 3.65e8 + .25).toArray();

        assertThat(rows(credits).agg(ExactSums.sum(col("value"))).head().getDouble(0))
                .isEqualTo(3e8);
        assertThat(rows(days).agg(ExactSums.preciseSum(col("value"))).head().getDouble(0))
                .isEqualTo(3.65e10 + 25);
    }

    @ParameterizedTest
    @CsvSource({"9e9, 9e9", "1e10, 0", "Infinity, 0", "NaN, 0"})
    void aSumOutOfRangeFailsAndIsNeverWrong(double first, double second) {
        Dataset<Row> rows = rows(new double[] {first, second});

        assertThatThrownBy(() -> rows.agg(ExactSums.sum(col("value"))).head()).hasStackTraceContaining("OVERFLOW");
        if (first > 1e10 || Double.isNaN(first)) {
            assertThatThrownBy(
                            () -> rows.agg(ExactSums.preciseSum(col("value"))).head())
                    .hasStackTraceContaining("OVERFLOW");
        }
    }

    @Test
    void unitsAreBillionthsAndStepsArePowersOfTwo() {
        Row found = SPARK.range(1)
                .select(
                        ExactSums.toUnits(lit(2.5)),
                        ExactSums.fromUnits(lit(2_500_000_000L)),
                        ExactSums.roundToStep(lit(.3), 1024))
                .head();

        assertThat(found.getLong(0)).isEqualTo(2_500_000_000L);
        assertThat(found.getDouble(1)).isEqualTo(2.5);
        assertThat(found.getDouble(2)).isEqualTo(307 / 1024.0);
    }

    private static Dataset<Row> rows(double[] values) {
        return SPARK.createDataset(
                        IntStream.range(0, values.length)
                                .mapToObj(i -> values[i])
                                .toList(),
                        Encoders.DOUBLE())
                .toDF("value");
    }

    /** Numbers of both signs, and of sizes from a thousandth of this up. */
    private static double[] values(int count, long seed, double size) {
        SplittableRandom random = new SplittableRandom(seed);
        return random.doubles(count)
                .map(value -> size * (value - .3) * Math.pow(10, -3 * random.nextDouble()))
                .toArray();
    }

    private static double[] shuffled(double[] values, long seed) {
        double[] shuffled = values.clone();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = shuffled.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            double swapped = shuffled[i];
            shuffled[i] = shuffled[other];
            shuffled[other] = swapped;
        }
        return shuffled;
    }
}
