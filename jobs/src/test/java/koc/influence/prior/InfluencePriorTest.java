package koc.influence.prior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import koc.SparkTest;
import koc.statistics.GammaMixture;
import koc.tables.InfluenceTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class InfluencePriorTest extends SparkTest {
    /** Three in four KOCs have no effect; the others make members buy four times as often. */
    private static InfluencePrior planted() {
        double[] observed = new double[200];
        double[] expected = new double[200];
        for (int i = 0; i < observed.length; i++) {
            expected[i] = 5 + i % 11;
            // Counts off their mean by as much as Poisson counts are, one up, one down.
            double mean = expected[i] * (i % 4 == 0 ? 4 : 1);
            observed[i] = Math.round(mean + (i / 4 % 2 == 0 ? 1 : -1) * Math.sqrt(mean) * .8);
        }
        return InfluencePrior.fit(observed, expected, .13, .3);
    }

    @Test
    void kocsWithAndWithoutEffectAreSeparated() {
        InfluencePrior prior = planted();

        assertThat(prior.noEffectWeight()).isCloseTo(.75, within(.05));
        assertThat(prior.noEffectMean()).isCloseTo(1, within(.1));
        assertThat(prior.effectMean()).isCloseTo(4, within(.4));
    }

    @Test
    void theFitIsTheMaximumOfTheLikelihood() {
        InfluencePrior prior = planted();

        // Found by two other searches as well: a compass search, and one from other starts.
        assertThat(prior.noEffectWeight()).isCloseTo(.7426409, within(2e-6));
        assertThat(prior.noEffectMean()).isCloseTo(.9992104, within(2e-6));
        assertThat(prior.effectMean()).isCloseTo(3.949629, within(1e-5));
        assertThat(prior.logLikelihood()).isGreaterThanOrEqualTo(7320.3559774);
    }

    @Test
    void theBestKocIsNotShrunkToTheMeanOfKocsWithAnEffect() {
        // 60 purchases where 10 were expected; the deviation of .19 tempers them to 19 and 3.
        Row best = planted()
                .withLift(rows(
                                InfluenceTables.KOC_INFLUENCE,
                                "koc_id | observed_purchases | expected_purchases\nbest | 60 | 10")
                        .selectExpr("koc_id", "observed_purchases", "expected_purchases", ".19D AS deviation"))
                .head();

        assertThat(best.<Double>getAs("influence_lift")).isGreaterThan(4.5);
        assertThat(best.<Double>getAs("influence_high")).isGreaterThan(6);
    }

    @Test
    void oneLuckySaleDoesNotLead() {
        List<Row> lifts = lifts("""
                koc_id | observed_purchases | expected_purchases
                lucky  | 1                  | 0.05
                proven | 40                 | 10
                """);

        assertThat(lifts.get(0).<Double>getAs("influence_lift"))
                .isLessThan(lifts.get(1).<Double>getAs("influence_lift"))
                .isLessThan(3.5);
    }

    @Test
    void theIntervalContainsTheMeanAndNarrowsWithEvidence() {
        List<Row> lifts = lifts("""
                koc_id | observed_purchases | expected_purchases
                few    | 3                  | 2
                many   | 12                 | 12
                """);

        for (Row row : lifts) {
            assertThat(row.<Double>getAs("influence_lift"))
                    .isBetween(row.<Double>getAs("influence_low"), row.<Double>getAs("influence_high"));
        }
        assertThat(width(lifts.get(1))).isLessThan(width(lifts.get(0)));
    }

    @Test
    void withoutCountsThePriorIsTheStart() {
        assertThat(InfluencePrior.fit(new double[0], new double[0], .13, .3)).isEqualTo(InfluencePrior.WITHOUT_DATA);
    }

    @Test
    void twoEqualComponentsGiveTheExactGammaQuantiles() {
        // Equal components: the posterior is Gamma(30 + 10, 30 + 5) whatever their weights.
        InfluencePrior single = new InfluencePrior(new GammaMixture(.5, 30, 30, 30, 30), 1, 0);

        Row row = single.withLift(counts("koc_id | observed_purchases | expected_purchases\nk | 10 | 5"))
                .head();

        assertThat(row.<Double>getAs("influence_lift")).isCloseTo(40.0 / 35, within(1e-9));
        assertThat(row.<Double>getAs("influence_low")).isCloseTo(.862735406, within(1e-7));
        assertThat(row.<Double>getAs("influence_high")).isCloseTo(1.455421057, within(1e-7));
    }

    private static List<Row> lifts(String counts) {
        return planted().withLift(counts(counts)).orderBy("koc_id").collectAsList();
    }

    private static Dataset<Row> counts(String text) {
        return rows(InfluenceTables.KOC_INFLUENCE, text)
                .selectExpr("koc_id", "observed_purchases", "expected_purchases", "CAST(0 AS DOUBLE) AS deviation");
    }

    private static double width(Row row) {
        return row.<Double>getAs("influence_high") - row.<Double>getAs("influence_low");
    }
}
