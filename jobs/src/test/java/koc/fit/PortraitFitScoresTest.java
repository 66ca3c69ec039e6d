package koc.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import koc.SparkTest;
import koc.statistics.DirichletMultinomial.Prior;
import koc.statistics.GammaPoisson;
import koc.text.TextNumbers;
import koc.text.Texts;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortraitFitScoresTest extends SparkTest {
    private static final Dataset<Row> PORTRAITS =
            SPARK.sql("SELECT * FROM VALUES ('p1'), ('p2'), ('p3') AS t(portrait_id)");

    @Test
    void expectedBuyersFollowThePortraitsFractionOfAllBuyers() {
        Dataset<Row> buyers = rows(PurchaseHistory.BUYERS, """
                user_id | product_id | portrait_id
                a       | x          | p1
                b       | x          | p1
                c       | x          | p2
                c       | y          | p2
                """);

        Dataset<Row> counts = PortraitFitScores.countBuyers(buyers, "product_id");
        Dataset<Row> expected = PortraitFitScores.withExpectedBuyers(
                counts, PortraitFitScores.portraitFractions(counts, PORTRAITS), "product_id");

        assertThat(expected.orderBy("product_id", "portrait_id")
                        .select("product_id", "portrait_id", "buyers", "buyers_if_average")
                        .collectAsList()
                        .toString())
                .isEqualTo("[[x,p1,2,1.5], [x,p2,1,1.5], [x,p3,0,0.0], [y,p1,0,0.5], [y,p2,1,0.5], [y,p3,0,0.0]]");
    }

    @Test
    void fewBuyersStayNearThePriorAndManyBuyersLeaveIt() {
        Dataset<Row> rows = SPARK.sql("""
                SELECT * FROM VALUES
                    ('few',    2L,   1D, 1D,   1e12D, .5D),
                    ('many', 200L, 100D, 1D,   1e12D, .5D),
                    ('none',   0L,   0D, 1.8D, 1e12D, .5D)
                AS t(product_id, buyers, buyers_if_average, prior_mean, prior_evidence, portrait_fraction)""");

        // 20 buyers of all portraits are 10 of a portrait with half of all buyers.
        List<Row> lifts = PortraitFitScores.withLift(rows, new Prior(20, 1, 0))
                .orderBy("product_id")
                .select("lift", "lift_low", "fit")
                .collectAsList();

        Row few = lifts.get(0);
        Row many = lifts.get(1);
        Row none = lifts.get(2);
        assertThat(few.getDouble(0)).isCloseTo((10 + 2) / (10 + 1.0), within(1e-6));
        assertThat(few.getDouble(1)).isLessThan(1);
        assertThat(many.getDouble(0)).isCloseTo((10 + 200) / (10 + 100.0), within(1e-6));
        assertThat(many.getDouble(1)).isGreaterThan(1.6);
        assertThat(many.getDouble(2)).isCloseTo(many.getDouble(1) / (1 + many.getDouble(1)), within(1e-6));
        assertThat(none.getDouble(0)).isCloseTo(1.8, within(1e-6));
    }

    @Test
    void theBuyersOfAProductDoNotCountAgainInItsPrior() {
        // The category's lift is (2 + 8) / (2 + 4). One product has all 8 buyers, another 3 where 1 was expected.
        Dataset<Row> rows = SPARK.sql("""
                SELECT * FROM VALUES
                    ('the only product', 8L, 4D, 10D / 6, 6D,   2D),
                    ('one of several',   3L, 1D, 10D / 6, 6D,   2D),
                    ('no category',      3L, 1D, NULL,    NULL, NULL)
                AS t(product_id, buyers, buyers_if_average, parent_lift, parent_evidence, parent_concentration)""");

        List<Row> priors = PortraitFitScores.withParentPrior(rows)
                .orderBy("product_id")
                .select("prior_mean", "prior_evidence")
                .collectAsList();

        Row noCategory = priors.get(0);
        Row oneOfSeveral = priors.get(1);
        Row theOnly = priors.get(2);
        assertThat(noCategory.getDouble(0)).isEqualTo(1);
        assertThat(noCategory.getDouble(1)).isEqualTo(GammaPoisson.CERTAIN);
        assertThat(oneOfSeveral.getDouble(0)).isCloseTo((10 - 3) / 5.0, within(1e-9));
        assertThat(oneOfSeveral.getDouble(1)).isCloseTo(5, within(1e-9));
        assertThat(theOnly.getDouble(0)).isCloseTo(1, within(1e-9));
        assertThat(theOnly.getDouble(1)).isCloseTo(2, within(1e-9));
    }

    @Test
    void nothingIsCertainWithoutABuyer() {
        Dataset<Row> rows = SPARK.sql("""
                SELECT * FROM VALUES
                    ('nobody',  0L, 0.1D, 6.5D, 100D, .1D),
                    ('someone', 1L, 0.1D, 6.5D, 100D, .1D)
                AS t(product_id, buyers, buyers_if_average, prior_mean, prior_evidence, portrait_fraction)""");

        List<Row> lifts = PortraitFitScores.withLift(rows, new Prior(1000, 1, 0))
                .orderBy("product_id")
                .select("lift", "lift_low", "fit")
                .collectAsList();

        Row nobody = lifts.get(0);
        Row someone = lifts.get(1);
        assertThat(nobody.getDouble(0)).isGreaterThan(6);
        assertThat(nobody.getDouble(1)).isEqualTo(1);
        assertThat(nobody.getDouble(2)).isEqualTo(.5);
        assertThat(someone.getDouble(1)).isGreaterThan(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "zh"})
    void theReasonSaysWhatIsCertainAndWhatToDo(String language) {
        Dataset<Row> rows = SPARK.sql("""
                SELECT * FROM VALUES
                    (1, 1234L, 1.5D,  1.9D, 1.2D, 2.5D),
                    (2, 3L,    9.4D,  0.4D, 0.2D, 0.8D),
                    (3, 3L,    1.5D,  1.2D, 0.8D, 2.5D),
                    (4, 0L,    0.2D,  6D,   1D,   9D),
                    (5, 0L,    0.01D, 1D,   0.1D, 3D),
                    (6, 0L,    NULL,  1D,   0D,   3D),
                    (7, 2L,    0.5D,  3.9D, 2.2D, 6D)
                AS t(number, buyers, buyers_if_average, lift, lift_low, lift_high)""")
                .withColumn("reason", PortraitFitScores.reason(Texts.of(language)))
                .orderBy("number");

        List<Row> reasons = rows.collectAsList();

        assertThat(reasons)
                .allSatisfy(row -> assertThat(TextNumbers.faults(row, "reason")).isEmpty());
        if (language.equals("en")) {
            assertThat(reasons)
                    .extracting(row -> row.<String>getAs("reason"))
                    .containsExactly(
                            "1,234 bought it, 1.5 would be average: surely at least 1.20 times as many. It suits them.",
                            "3 bought it, 9.4 would be average: surely at most 0.80 times as many."
                                    + " Offer them something else.",
                            "3 bought it, 1.5 would be average: no certain difference.",
                            "Nobody bought it yet, 0.2 would be average. Its brand or category suggests 6.00 times as"
                                    + " many, which is not certain.",
                            "Too few purchases to judge: the lift of its brand or category is used.",
                            "Too few purchases to judge: the lift of its brand or category is used.",
                            "2 bought it, 0.5 would be average. Judged with similar products: at least 2.20 times as"
                                    + " many.");
        }
    }

    @Test
    void aLiftThatIsShownAsOneIsNoCertainDifference() {
        List<Row> reasons = SPARK.sql("""
                SELECT * FROM VALUES
                    (1, 1234L, 1200D, 1.02D,  1.0049D, 1.04D),
                    (2, 1234L, 1250D, 0.98D,  0.96D,   0.9951D),
                    (3, 0L,    0.2D,  1.004D, 1D,      9D),
                    (4, 1234L, 1200D, 1.02D,  1.005D,  1.04D)
                AS t(number, buyers, buyers_if_average, lift, lift_low, lift_high)""")
                .orderBy("number")
                .select(PortraitFitScores.reason(Texts.of("en")))
                .collectAsList();

        assertThat(reasons.subList(0, 3))
                .allSatisfy(row -> assertThat(row.getString(0)).endsWith(": no certain difference."));
        assertThat(reasons.get(3).getString(0)).contains("surely at least 1.01 times as many");
    }

    @Test
    void aProductThatCannotBeSoldIsNotOffered() {
        List<String> reasons = SPARK
                .sql("""
                SELECT * FROM VALUES
                    (1, 5L, 1.5D, 1.9D, 1.2D, 2.5D, 'pass',             true),
                    (2, 5L, 1.5D, 1.9D, 1.2D, 2.5D, 'pass',             false),
                    (3, 5L, 1.5D, 1.9D, 1.2D, 2.5D, 'Too many refunds', false),
                    (4, 3L, 1.5D, 1.2D, 0.8D, 2.5D, 'pass',             false)
                AS t(number, buyers, buyers_if_average, lift, lift_low, lift_high, quality_gate, is_in_stock)""")
                .withColumn("reason", PortraitFitScores.reasonOfProduct(Texts.of("en")))
                .orderBy("number")
                .collectAsList()
                .stream()
                .map(row -> row.<String>getAs("reason"))
                .toList();

        assertThat(reasons.get(0)).endsWith(" It suits them.");
        assertThat(reasons.get(1)).endsWith(" Out of stock: reorder it.");
        assertThat(reasons.get(2)).endsWith(" It fails the quality gate: do not offer it.");
        assertThat(reasons.get(3)).endsWith(" no certain difference.");
    }
}
