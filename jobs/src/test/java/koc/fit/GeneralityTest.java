package koc.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import koc.SparkTest;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;

class GeneralityTest extends SparkTest {
    @Test
    void theWorkedNumberOfTheDocumentation() {
        Row generality = generality("""
                portrait_id | buy_rate | activity_rate | history_buyers
                p1          | .7       | 1             | 70
                p2          | .1       | 1             | 10
                p3          | .1       | 1             | 10
                p4          | .1       | 1             | 10
                """);

        double entropy = -.7 * Math.log(.7) - .3 * Math.log(.1);
        assertThat(generality.getDouble(0)).isCloseTo(entropy / Math.log(4), within(1e-6));
        assertThat(generality.getDouble(1)).isBetween(.5, generality.getDouble(0));
    }

    @Test
    void aProductThatAllPortraitsBuyInProportionToTheirActivityIsGeneral() {
        Row generality = generality("""
                portrait_id | buy_rate | activity_rate | history_buyers
                p1          | .10      | 1             | 50
                p2          | .10      | 1             | 50
                p3          | .05      | .5            | 25
                """);

        assertThat(generality.getDouble(0)).isCloseTo(1, within(1e-6));
        assertThat(generality.getDouble(1)).isGreaterThan(.9);
    }

    @Test
    void aProductThatOnePortraitBuysIsNotGeneral() {
        Row generality = generality("""
                portrait_id | buy_rate | activity_rate | history_buyers
                p1          | .30      | 1             | 120
                p2          | .001     | 1             | 1
                p3          | .0005    | .5            | 1
                """);

        assertThat(generality.getDouble(0)).isLessThan(.1);
    }

    @Test
    void fewBuyersLowerTheBoundAndNotTheEstimate() {
        String rates = """
                portrait_id | buy_rate | activity_rate | history_buyers
                p1          | .2       | 1             | %1$d
                p2          | .1       | 1             | %1$d
                """;

        Row few = generality(String.format(rates, 2));
        Row many = generality(String.format(rates, 2000));

        assertThat(few.getDouble(0)).isEqualTo(many.getDouble(0));
        assertThat(few.getDouble(1)).isLessThan(many.getDouble(1));
    }

    private static Row generality(String rates) {
        Dataset<Row> product =
                rows(Generality.PORTRAIT_RATES, rates).withColumn("product_id", functions.lit("product"));
        List<Row> found = Generality.compute(product, "product_id")
                .select("generality", "generality_low")
                .collectAsList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }
}
