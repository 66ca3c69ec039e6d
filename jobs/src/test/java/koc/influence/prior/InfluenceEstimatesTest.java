package koc.influence.prior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.sql.Date;
import java.util.List;
import koc.SparkTest;
import koc.influence.InfluencePeriod;
import koc.influence.InfluenceSettings;
import koc.influence.exposure.ExposureCounts;
import koc.statistics.GammaMixture;
import koc.tables.InfluenceTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class InfluenceEstimatesTest extends SparkTest {
    private static final InfluencePeriod PERIOD = new InfluencePeriod(day("2024-01-01"), day("2024-03-30"));
    private static final InfluenceEstimates ESTIMATES =
            new InfluenceEstimates(PERIOD, InfluenceSettings.from(DEFAULTS));
    private static final InfluencePrior PRIOR = new InfluencePrior(new GammaMixture(.75, 40, 40, 12, 4), 100, -1);

    private static Dataset<Row> counts() {
        return rows(ExposureCounts.COUNTS, """
                koc_id | portrait_id | exposures | expected_purchases | naive_purchases | exposed_purchases | observed_purchases | deviation
                k      | *           | 90        | 12                 | 10              | 30                | 24                 | .12
                k      | few         | 10        | 1                  | 1               | 6                 | 6                  | .12
                k      | many        | 80        | 11                 | 9               | 24                | 18                 | .12
                unsold | *           | 5         | .01                | 0               | 0                 | 0                  | .12
                """);
    }

    @Test
    void homophilyAddsToTheRelativeVariance() {
        assertThat(ESTIMATES.withHomophily(counts()).head().<Double>getAs("deviation"))
                .isCloseTo(Math.sqrt(.0144 + .01), within(1e-12));
    }

    @Test
    void thePriorIsFittedToWholePoolsWithExpectedPurchases() {
        assertThat(ESTIMATES.fitPrior(counts()).kocs()).isEqualTo(1);
    }

    @Test
    void theLiftOfAPortraitIsShrunkTowardsThatOfItsPool() {
        List<Row> lifts = ESTIMATES
                .estimateLifts(counts(), PRIOR)
                .orderBy("koc_id", "portrait_id")
                .collectAsList();

        double pool = lifts.get(0).<Double>getAs("influence_lift");
        assertThat(lifts.get(1).<Double>getAs("influence_lift")).isBetween(pool, 6.0);
        assertThat(lifts.get(2).<Double>getAs("influence_lift")).isBetween(18 / 11.0, pool);
        assertThat(lifts).allSatisfy(row -> assertThat(row.<Double>getAs("influence_lift"))
                .isBetween(row.<Double>getAs("influence_low"), row.<Double>getAs("influence_high")));
        assertThat(lifts.get(0).<Double>getAs("naive_lift")).isEqualTo(3);
        assertThat(lifts.get(3).<Double>getAs("naive_lift")).isNull();
    }

    @Test
    void theRowOfThePriorFollowsItsTable() {
        Row row = ESTIMATES.toPriorRow(PRIOR, "{}");

        Row typed = SPARK.createDataFrame(List.of(row), InfluenceTables.INFLUENCE_PRIORS.schema())
                .head();
        assertThat(typed.<Double>getAs("no_effect_weight")).isEqualTo(.75);
        assertThat(typed.<Double>getAs("effect_mean")).isEqualTo(3);
        assertThat(typed.<Date>getAs("shares_from")).isEqualTo(Date.valueOf("2024-01-01"));
    }
}
