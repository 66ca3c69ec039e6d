package koc.recommend.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import koc.SparkTest;
import koc.recommend.PortraitIndex;
import koc.recommend.PortraitIndex.Portrait;
import koc.recommend.RecommendSettings;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class CandidateFeaturesTest extends SparkTest {
    private static final PortraitIndex PORTRAITS =
            new PortraitIndex(List.of(new Portrait("m", "Mothers", 30), new Portrait("s", "Students", 10)));
    private static final RecommendSettings SETTINGS = RecommendSettings.from(config());
    private static final Dataset<Row> MEMBERS = table(
            "koc_number, user_id, portrait_index, first_purchase_activity, repurchase_activity",
            "1, 'a', 0, 1.5D, 1D",
            "1, 'b', 0, 1D, 0.5D",
            "1, 'c', 1, 1D, 1D");

    @Test
    void ownersAreLeftOutOfEveryPart() {
        Row features = features("'b', 2, false, 0D, 0.5D");

        // a, a mother of activity 1.5, does not own it; b owns it; c, a student, has no purchases.
        assertThat(features.<Double>getAs("portrait_part")).isCloseTo(1.5 * 0.2, within(1e-9));
        assertThat(features.<Double>getAs("non_buyer_part")).isCloseTo(0.1, within(1e-9));
        assertThat(features.<Double>getAs("item_model_part")).isCloseTo(1.25 - 0.5, within(1e-9));
        assertThat(features.<Double>getAs("influence_part")).isCloseTo(1.5 * 0.2 * (3 - 1), within(1e-9));
        assertThat(features.<Double>getAs("repurchase_part")).isZero();
        assertThat(features.<Double>getAs("due_portrait_part")).isZero();
        assertThat(features.<Double>getAs("due_item_model_part")).isZero();
        assertThat(features.<Long>getAs("owners_not_due")).isEqualTo(1);
        // One member owns it, 3 x .15 are expected: (1 + 10) / (.45 + 10).
        assertThat(features.<Double>getAs("product_affinity")).isCloseTo(11 / 10.45, within(1e-9));
        assertThat(features.<Double>getAs("category_affinity")).isEqualTo(1.5);
    }

    @Test
    void dueOwnersHaveTheSamePartsInColumnsOfTheirOwn() {
        Row features = features("'b', 2, true, 0.25D, 0.5D");

        assertThat(features.<Double>getAs("repurchase_part")).isEqualTo(0.5 * 0.25);
        assertThat(features.<Double>getAs("portrait_part")).isCloseTo(1.5 * 0.2, within(1e-9));
        assertThat(features.<Double>getAs("item_model_part")).isCloseTo(1.25 - 0.5, within(1e-9));
        assertThat(features.<Double>getAs("influence_part")).isCloseTo(1.5 * 0.2 * 2, within(1e-9));
        assertThat(features.<Double>getAs("due_portrait_part")).isCloseTo(0.2, within(1e-9));
        assertThat(features.<Double>getAs("due_item_model_part")).isCloseTo(0.5, within(1e-9));
        assertThat(features.<Double>getAs("due_influence_part")).isCloseTo(0.2 * 2, within(1e-9));
        assertThat(features.<Double>getAs("due_non_buyer_part")).isZero();
        assertThat(features.<Long>getAs("owners_not_due")).isZero();
        assertThat(features.<Long>getAs("owners")).isEqualTo(1);
    }

    @Test
    void inAThinPoolTheStandInCountsForDueOwnersToo() {
        Row features = features("'b', 2, true, 0.25D, 0.5D", false, 0.5);

        // .75 mothers and .25 students stand in by half: .175 for each of two non-owners and for b.
        assertThat(features.<Double>getAs("non_buyer_part")).isCloseTo(0.5 * 0.1 + 2 * 0.5 * 0.175, within(1e-9));
        assertThat(features.<Double>getAs("due_non_buyer_part")).isCloseTo(0.5 * 0.175, within(1e-9));
        assertThat(features.<Double>getAs("due_portrait_part")).isCloseTo(0.5 * 0.2, within(1e-9));
    }

    @Test
    void dueOwnersOfANewProductCountInItsColdStart() {
        Row features = features("'b', 2, true, 0.25D, 0.5D", true);

        assertThat(features.<Double>getAs("due_cold_start_part")).isCloseTo(0.2, within(1e-9));
        assertThat(features.<Double>getAs("due_portrait_part")).isZero();
    }

    @Test
    void theRatesOfANewProductHaveAPartOfTheirOwn() {
        Row features = features("'b', 2, false, 0D, 0.5D", true);

        assertThat(features.<Double>getAs("cold_start_part")).isCloseTo(1.5 * 0.2 + 0.1, within(1e-9));
        assertThat(features.<Double>getAs("portrait_part")).isZero();
        assertThat(features.<Double>getAs("non_buyer_part")).isZero();
        assertThat(features("'b', 2, false, 0D, 0.5D").<Double>getAs("cold_start_part"))
                .isZero();
    }

    private static Row features(String owned) {
        return features(owned, false);
    }

    private static Row features(String owned, boolean isNew) {
        return features(owned, isNew, 1);
    }

    private static Row features(String owned, boolean isNew, double poolWeight) {
        Dataset<Row> kocs = table(
                "koc_number, pool_size, buying_member_activity, non_buyers, completing_mix, mix, pool_weight, lifts",
                "1, 3L, array(2.5D, 0D, 0D), array(0L, 1L, 0L), array(0.75D, 0.25D, 0D),"
                        + " array(0.75D, 0.25D, 0D), " + poolWeight
                        + "D, array(3D, 1D, 1D)");
        Dataset<Row> offers = table(
                "product_number, rates, population_rate, monthly_recency, weekly_recency, is_new",
                "2, array(0.2D, 0.1D, 0.15D), 0.15D, 1D, 0.5D, " + isNew);
        return new CandidateFeatures(PORTRAITS, SETTINGS)
                .compute(
                        kocs,
                        MEMBERS,
                        table("user_id, product_number, is_due, overdue_factor, item_score", owned),
                        table("koc_number, product_number, item_score_sum, category_affinity", "1, 2, 1.25D, 1.5D"),
                        offers)
                .head();
    }

    private static Dataset<Row> table(String columns, String... values) {
        return SPARK.sql("SELECT * FROM VALUES (" + String.join("), (", values) + ") AS t(" + columns + ")");
    }
}
