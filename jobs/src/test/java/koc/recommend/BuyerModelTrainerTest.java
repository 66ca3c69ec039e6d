package koc.recommend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import koc.SparkTest;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class BuyerModelTrainerTest extends SparkTest {
    private static final RecommendSettings SETTINGS =
            RecommendSettings.from(config("koc.recommend.training.prior-buyers=0.01"));

    @Test
    void whoNeedsItAgainIsLearnedFromLikeWhoLacksIt() {
        // Half of what the portraits of both say was bought: 2 of 3 + 1, 4 of 2 + 6.
        FeatureSnapshot before = picture("(1, 1, 3.0, 1.0), (1, 2, 2.0, 6.0)");
        Dataset<Row> bought = bought("(1, 2), (2, 4)");

        double[] weights = BuyerModelTrainer.learn(before, bought, 0.1, SETTINGS).weights();

        assertThat(weights[0]).isCloseTo(0.5, within(0.01));
    }

    @Test
    void whatNobodyBoughtCountsToo() {
        FeatureSnapshot before = picture("(1, 1, 4.0, 0.0), (1, 2, 4.0, 0.0)");

        double[] weights =
                BuyerModelTrainer.learn(before, bought("(1, 2)"), 0.1, SETTINGS).weights();

        assertThat(weights[0]).isCloseTo(0.25, within(0.01));
    }

    @Test
    void ofAPartThatIsNothingNothingIsLearned() {
        double[] weights = BuyerModelTrainer.learn(picture("(1, 1, 4.0, 0.0)"), bought("(1, 2)"), 0.1, SETTINGS)
                .weights();

        assertThat(weights[CandidateFeatures.PARTS.indexOf(CandidateFeatures.DUE)]).isCloseTo(0.1, within(0.01));
    }

    @Test
    void whoHasItAndDoesNotNeedItAgainDidNotNewlyBuyIt() {
        Dataset<Row> inWindow =
                SPARK.sql("SELECT * FROM VALUES ('a', 1), ('b', 1), ('c', 1) AS t(user_id, product_number)");
        Dataset<Row> held =
                SPARK.sql("SELECT * FROM VALUES ('a', 1, false), ('b', 1, true) AS t(user_id, product_number, is_due)");

        assertThat(BuyerModelTrainer.newlyBought(inWindow, held).orderBy("user_id").collectAsList())
                .extracting(Row::toString)
                .containsExactly("[b,1]", "[c,1]");
    }

    /**
     * One pool of ten members.
     *
     * @param portraits rows of koc_number, product_number, portrait_part and the same of who needs it again
     */
    private static FeatureSnapshot picture(String portraits) {
        String others = Stream.concat(
                        CandidateFeatures.PARTS.stream().skip(1),
                        CandidateFeatures.PARTS.stream()
                                .skip(1)
                                .filter(part -> !part.equals(CandidateFeatures.DUE))
                                .map(CandidateFeatures::again))
                .map(part -> "0D AS " + part)
                .collect(Collectors.joining(", "));
        Dataset<Row> parts =
                SPARK.sql("SELECT koc_number, product_number, double(part) AS portrait_part, double(again) AS "
                        + CandidateFeatures.again("portrait_part") + ", " + others
                        + ", 1D AS product_affinity, 1D AS category_affinity FROM VALUES "
                        + portraits + " AS t(koc_number, product_number, part, again)");
        Dataset<Row> members = SPARK.range(1, 11).selectExpr("1 AS koc_number", "string(id) AS user_id");
        Dataset<Row> none = SPARK.emptyDataFrame();
        return new FeatureSnapshot(none, members, none, none, none, false, parts);
    }

    /** @param counts rows of product_number and how many members bought it */
    private static Dataset<Row> bought(String counts) {
        List<Row> products = SPARK.sql("SELECT * FROM VALUES " + counts + " AS t(product_number, buyers)")
                .collectAsList();
        return SPARK.sql("SELECT * FROM VALUES "
                + products.stream()
                        .flatMap(row -> IntStream.rangeClosed(1, row.getInt(1))
                                .mapToObj(user -> "('" + user + "', " + row.getInt(0) + ")"))
                        .collect(Collectors.joining(", "))
                + " AS t(user_id, product_number)");
    }
}
