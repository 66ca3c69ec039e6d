package koc.recommend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import koc.SparkTest;
import koc.recommend.PortraitIndex.Portrait;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class CandidateFeaturesTest extends SparkTest {
    private static final PortraitIndex ORDER =
            new PortraitIndex(List.of(new Portrait("m", "Mothers", 30), new Portrait("s", "Students", 10)));
    private static final RecommendSettings SETTINGS = RecommendSettings.from(config());
    /** Having 1 says .5 of 2, having 2 says .25 of 1. */
    private static final Broadcast<ItemModel> MODEL = JavaSparkContext.fromSparkContext(SPARK.sparkContext())
            .broadcast(new ItemModel(new float[][] {{0, 0.5f}, {0.25f, 0}}));

    private static final Dataset<Row> MEMBERS = table(
            "koc_number, user_id, portrait_index, weight, repurchase_weight",
            "1, 'a', 0, 1.5D, 1D",
            "1, 'b', 0, 1D, 0.5D",
            "1, 'c', 1, 1D, 1D");
    private static final Dataset<Row> BASKETS = table("user_id, product_number", "'a', 1", "'b', 1", "'b', 2");

    @Test
    void membersPurchasesAreSummedByTheirWeight() {
        Row scores = CandidateFeatures.itemScores(MEMBERS, BASKETS, MODEL).head();

        // 2.5 have 1, 1.0 has 2.
        assertThat(scores.<Double>getList(1)).containsExactly(0.25, 1.25);
    }

    @Test
    void theShortlistIsOfThePortraitsAndOfThePurchases() {
        Dataset<Row> ofPortraits = table("koc_number, of_portraits", "1, array(7)", "2, array(8)");
        Dataset<Row> scores = table("koc_number, item_scores", "1, array(0.25D, 1.25D)");

        assertThat(CandidateFeatures.shortlist(ofPortraits, scores, 1)
                        .orderBy("koc_number", "product_number")
                        .collectAsList())
                .extracting(Row::toString)
                .containsExactly("[1,2,1.25]", "[1,7,0.0]", "[2,8,0.0]");
    }

    @Test
    void whoHasItIsTakenOffEveryPart() {
        Row part = parts("'b', 2, false, 0D, 0.5D");

        // a (1.5 of the mothers) lacks it, b has it; c, a student, has bought nothing.
        assertThat(part.<Double>getAs("portrait_part")).isCloseTo(1.5 * 0.2, within(1e-9));
        assertThat(part.<Double>getAs("new_user_part")).isCloseTo(0.1, within(1e-9));
        assertThat(part.<Double>getAs("item_model_part")).isCloseTo(1.25 - 0.5, within(1e-9));
        assertThat(part.<Double>getAs("influence_part")).isCloseTo(1.5 * 0.2 * (3 - 1), within(1e-9));
        assertThat(part.<Double>getAs("repurchase_part")).isZero();
        assertThat(part.<Double>getAs("due_portrait_part")).isZero();
        assertThat(part.<Double>getAs("due_item_model_part")).isZero();
        assertThat(part.<Long>getAs("owners_not_due")).isEqualTo(1);
        // One has it, 3 x .15 usually would: (1 + 10) / (.45 + 10).
        assertThat(part.<Double>getAs("product_affinity")).isCloseTo(11 / 10.45, within(1e-9));
        assertThat(part.<Double>getAs("category_affinity")).isEqualTo(1.5);
    }

    @Test
    void whoNeedsItAgainLacksItLikeAnybodyAndIsCountedApart() {
        Row part = parts("'b', 2, true, 0.25D, 0.5D");

        assertThat(part.<Double>getAs("repurchase_part")).isEqualTo(0.5 * 0.25);
        assertThat(part.<Double>getAs("portrait_part")).isCloseTo(1.5 * 0.2, within(1e-9));
        assertThat(part.<Double>getAs("item_model_part")).isCloseTo(1.25 - 0.5, within(1e-9));
        assertThat(part.<Double>getAs("influence_part")).isCloseTo(1.5 * 0.2 * 2, within(1e-9));
        assertThat(part.<Double>getAs("due_portrait_part")).isCloseTo(0.2, within(1e-9));
        assertThat(part.<Double>getAs("due_item_model_part")).isCloseTo(0.5, within(1e-9));
        assertThat(part.<Double>getAs("due_influence_part")).isCloseTo(0.2 * 2, within(1e-9));
        assertThat(part.<Double>getAs("due_new_user_part")).isZero();
        assertThat(part.<Long>getAs("owners_not_due")).isZero();
        assertThat(part.<Long>getAs("owners")).isEqualTo(1);
    }

    @Test
    void inAThinPoolTheStandInSpeaksOfThoseWhoNeedItAgainToo() {
        Row part = parts("'b', 2, true, 0.25D, 0.5D", false, 0.5);

        // .75 mothers and .25 students stand in by half: .175 each for two strangers and for b.
        assertThat(part.<Double>getAs("new_user_part")).isCloseTo(0.5 * 0.1 + 2 * 0.5 * 0.175, within(1e-9));
        assertThat(part.<Double>getAs("due_new_user_part")).isCloseTo(0.5 * 0.175, within(1e-9));
        assertThat(part.<Double>getAs("due_portrait_part")).isCloseTo(0.5 * 0.2, within(1e-9));
    }

    @Test
    void whoNeedsANewProductAgainIsOfItsLaunch() {
        Row part = parts("'b', 2, true, 0.25D, 0.5D", true);

        assertThat(part.<Double>getAs("due_cold_start_part")).isCloseTo(0.2, within(1e-9));
        assertThat(part.<Double>getAs("due_portrait_part")).isZero();
    }

    @Test
    void theTailJoinsTheShortlistWithWhatPurchasesSayOfIt() {
        Dataset<Row> shortlist =
                table("koc_number, product_number, item_sum", "1, 2, 1.25D", "1, 3000, 0.0D", "1, 4000, 0.0D");
        Dataset<Row> scores = table(
                "koc_number, product_number, tail_sum",
                "1, 3000, 0.125D",
                "1, 3001, 0.5D",
                "1, 3002, 0.25D",
                "2, 3001, 0.5D");

        assertThat(CandidateFeatures.withTail(shortlist, scores, 1)
                        .orderBy("koc_number", "product_number")
                        .collectAsList())
                .extracting(Row::toString)
                .containsExactly("[1,2,1.25]", "[1,3000,0.125]", "[1,3001,0.5]", "[1,4000,0.0]", "[2,3001,0.5]");
    }

    @Test
    void whatPortraitsWouldDoWithANewProductIsAPartOfItsOwn() {
        Row part = parts("'b', 2, false, 0D, 0.5D", true);

        assertThat(part.<Double>getAs("cold_start_part")).isCloseTo(1.5 * 0.2 + 0.1, within(1e-9));
        assertThat(part.<Double>getAs("portrait_part")).isZero();
        assertThat(part.<Double>getAs("new_user_part")).isZero();
        assertThat(parts("'b', 2, false, 0D, 0.5D").<Double>getAs("cold_start_part"))
                .isZero();
    }

    @Test
    void whatAUserHasIsValuedByItsOtherPurchases() {
        Dataset<Row> held = table(
                "user_id, product_number, is_due",
                "'b', 1, false",
                "'b', 2, false",
                "'a', 1, false",
                "'a', 2, false",
                "'c', 9, false");

        // Of 2, which is not in the basket of a, 1 says .5; of 9, beyond the head, nothing is said.
        assertThat(CandidateFeatures.withItemValues(held, BASKETS, MODEL)
                        .orderBy("user_id", "product_number")
                        .select("user_id", "product_number", "item_value")
                        .collectAsList())
                .extracting(Row::toString)
                .containsExactly("[a,1,0.0]", "[a,2,0.5]", "[b,1,0.25]", "[b,2,0.5]", "[c,9,0.0]");
    }

    private static Row parts(String held) {
        return parts(held, false);
    }

    private static Row parts(String held, boolean isNew) {
        return parts(held, isNew, 1);
    }

    private static Row parts(String held, boolean isNew, double ownWeight) {
        Dataset<Row> kocs = table(
                "koc_number, pool_size, buyers_weight, new_users, stand_in_mix, pool_weight, lifts",
                "1, 3L, array(2.5D, 0D, 0D), array(0L, 1L, 0L), array(0.75D, 0.25D, 0D), " + ownWeight
                        + "D, array(3D, 1D, 1D)");
        Dataset<Row> offers =
                table("product_number, rates, population_rate, is_new", "2, array(0.2D, 0.1D, 0.15D), 0.15D, " + isNew);
        return CandidateFeatures.of(
                        kocs,
                        MEMBERS,
                        table("user_id, product_number, is_due, due_weight, item_value", held),
                        table("koc_number, product_number, item_sum, category_affinity", "1, 2, 1.25D, 1.5D"),
                        offers,
                        ORDER,
                        SETTINGS)
                .head();
    }

    private static Dataset<Row> table(String columns, String... values) {
        return SPARK.sql("SELECT * FROM VALUES (" + String.join("), (", values) + ") AS t(" + columns + ")");
    }
}
