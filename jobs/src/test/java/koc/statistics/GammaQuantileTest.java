package koc.statistics;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import koc.SparkTest;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import smile.math.special.Gamma;

class GammaQuantileTest extends SparkTest {
    /** Values of SciPy 1.x, scipy.stats.gamma.ppf. */
    @ParameterizedTest
    @CsvSource({
        "0.05, 0.05, 5.573875481878824e-27",
        "0.05, 0.95, 0.2659323024258409",
        "0.3, 0.05, 3.211034699722965e-05",
        "0.3, 0.95, 1.372349944100886",
        "1, 0.05, 0.05129329438755053",
        "1, 0.5, 0.6931471805599455",
        "1, 0.95, 2.9957322735539895",
        "2, 0.05, 0.35536151069866195",
        "2.5, 0.95, 5.535248846758176",
        "14, 0.05, 8.463937522211248",
        "14, 0.5, 13.6681145993449",
        "14, 0.95, 20.668569075713695",
        "57, 0.05, 45.17555567319526",
        "300, 0.05, 272.0900371932846",
        "300, 0.95, 329.0467865688624",
        "3000, 0.05, 2910.479743011234",
        "3000, 0.95, 3090.657265462611",
        "10000, 0.05, 9836.085110855192",
        "10000, 0.95, 10165.051911966126",
        "1000000, 0.05, 998355.7150837178",
        "1000000, 0.95, 1001645.42194519",
    })
    void quantilesAreThoseOfTheTables(double shape, double level, double expected) {
        assertThat(GammaQuantile.compute(shape, 1, level)).isCloseTo(expected, within(1e-8 * expected));
        assertThat(GammaQuantile.compute(shape, 4, level)).isCloseTo(expected / 4, within(1e-8 * expected / 4));
    }

    @Test
    void aQuantileBelowTheSmallestDoubleIsZero() {
        assertThat(GammaQuantile.compute(1e-6, 1, .05)).isZero();
        assertThat(GammaQuantile.compute(1e-6, 1, .95)).isZero();
    }

    @Test
    void theDistributionFunctionGivesTheLevelBack() {
        for (double shape = .02; shape < 9000; shape *= 1.7) {
            for (double level : new double[] {.01, .05, .3, .5, .8, .95, .99}) {
                double quantile = GammaQuantile.compute(shape, 1, level);

                assertThat(Gamma.regularizedIncompleteGamma(shape, quantile)).isCloseTo(level, within(1e-6));
            }
        }
    }

    @Test
    void withoutAShapeThereIsNoQuantile() {
        assertThat(SPARK.range(1)
                        .selectExpr("CAST(NULL AS DOUBLE) AS shape", "1D AS rate")
                        .select(GammaQuantile.compute(col("shape"), col("rate"), .05))
                        .head()
                        .isNullAt(0))
                .isTrue();
    }

    @Test
    void columnsGiveTheSameAsNumbers() {
        List<Row> rows = SPARK.range(1, 40)
                .repartition(3)
                .selectExpr("id * .7D AS shape", "id / 3D AS rate")
                .withColumn("low", GammaQuantile.compute(col("shape"), col("rate"), .05))
                .collectAsList();

        for (Row row : rows) {
            assertThat(row.getDouble(2)).isEqualTo(GammaQuantile.compute(row.getDouble(0), row.getDouble(1), .05));
        }
    }
}
