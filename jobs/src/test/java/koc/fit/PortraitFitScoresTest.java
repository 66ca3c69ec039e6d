package koc.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import koc.SparkTest;
import koc.statistics.GammaPoisson;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class PortraitFitScoresTest extends SparkTest {
    private static final Dataset<Row> PORTRAITS =
            SPARK.sql("SELECT * FROM VALUES ('p1'), ('p2'), ('p3') AS t(portrait_id)");

    @Test
    void expectedBuyersFollowThePortraitsShareOfAllBuying() {
        Dataset<Row> bought = SPARK.sql("""
                SELECT * FROM VALUES ('a', 'x', 'p1'), ('b', 'x', 'p1'), ('c', 'x', 'p2'), ('c', 'y', 'p2')
                AS t(user_id, product_id, portrait_id)""");

        List<Row> cells = PortraitFitScores.withExpectedBuyers(PortraitFitScores.countBuyers(bought, "product_id"), PORTRAITS, "product_id")
                .orderBy("product_id", "portrait_id")
                .select("product_id", "portrait_id", "buyers", "buyers_if_average")
                .collectAsList();

        assertThat(cells.toString())
                .isEqualTo("[[x,p1,2,1.5], [x,p2,1,1.5], [x,p3,0,0.0], [y,p1,0,0.5], [y,p2,1,0.5], [y,p3,0,0.0]]");
    }

    @Test
    void fewBuyersStayNearThePriorAndManyLeaveIt() {
        Dataset<Row> cells = SPARK.sql("""
                SELECT * FROM VALUES ('few', 2L, 1D, 1D, 1e12D), ('many', 200L, 100D, 1D, 1e12D), ('none', 0L, 0D, 1.8D, 1e12D)
                AS t(product_id, buyers, buyers_if_average, prior_mean, prior_evidence)""");

        List<Row> lifts = PortraitFitScores.withLift(cells, new GammaPoisson.Prior(10, 1, 0))
                .orderBy("product_id")
                .select("lift", "lift_low", "fit")
                .collectAsList();

        assertThat(lifts.get(0).getDouble(0)).isCloseTo(12 / 11.0, within(1e-6));
        assertThat(lifts.get(0).getDouble(1)).isLessThan(1);
        assertThat(lifts.get(1).getDouble(1)).isGreaterThan(1.6);
        assertThat(lifts.get(1).getDouble(2))
                .isCloseTo(lifts.get(1).getDouble(1) / (1 + lifts.get(1).getDouble(1)), within(1e-6));
        assertThat(lifts.get(2).getDouble(0)).isCloseTo(1.8, within(1e-6));
    }

    @Test
    void ownBuyersDoNotSpeakTwice() {
        // The category's lift is (2 + 8) / (2 + 4); its only product has all 8 buyers, another one 3 of them where 1
        // was expected.
        Dataset<Row> cells = SPARK.sql("""
                SELECT * FROM VALUES ('only', 8L, 4D, 10D / 6, 6D, 2D), ('one of more', 3L, 1D, 10D / 6, 6D, 2D),
                    ('of no category', 3L, 1D, NULL, NULL, NULL)
                AS t(product_id, buyers, buyers_if_average, parent_lift, parent_evidence, parent_concentration)""");

        List<Row> leaning = PortraitFitScores.withParentPrior(cells)
                .orderBy("product_id")
                .select("prior_mean", "prior_evidence")
                .collectAsList();

        assertThat(leaning.get(0).getDouble(0)).isEqualTo(1);
        assertThat(leaning.get(0).getDouble(1)).isEqualTo(GammaPoisson.CERTAIN);
        assertThat(leaning.get(1).getDouble(0)).isCloseTo(7 / 5.0, within(1e-9));
        assertThat(leaning.get(1).getDouble(1)).isCloseTo(5, within(1e-9));
        assertThat(leaning.get(2).getDouble(0)).isCloseTo(1, within(1e-9));
        assertThat(leaning.get(2).getDouble(1)).isCloseTo(2, within(1e-9));
    }

    @Test
    void aProductThatOnePortraitBuysIsSpecialAndOneThatAllBuyIsGeneral() {
        Dataset<Row> cells = SPARK.sql("""
                SELECT * FROM VALUES
                    ('tissues', 'p1', .10D, 1D, 50L), ('tissues', 'p2', .10D, 1D, 50L), ('tissues', 'p3', .05D, .5D, 25L),
                    ('diapers', 'p1', .30D, 1D, 120L), ('diapers', 'p2', .001D, 1D, 1L), ('diapers', 'p3', .0005D, .5D, 1L)
                AS t(product_id, portrait_id, buy_rate, activity_rate, history_buyers)""");

        List<Row> found = Generality.compute(cells, "product_id")
                .orderBy("product_id")
                .select("generality", "generality_low")
                .collectAsList();

        assertThat(found.get(0).getDouble(0)).isLessThan(0.1);
        assertThat(found.get(1).getDouble(0)).isCloseTo(1, within(1e-6));
        assertThat(found.get(1).getDouble(1)).isGreaterThan(0.9);
    }
}
