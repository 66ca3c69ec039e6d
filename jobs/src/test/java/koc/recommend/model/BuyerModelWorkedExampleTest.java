package koc.recommend.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import koc.SparkTest;
import koc.recommend.PortraitIndex;
import koc.recommend.PortraitIndex.Portrait;
import koc.recommend.RecommendSettings;
import koc.recommend.features.CandidateFeatures;
import koc.recommend.pools.TrafficPools;
import koc.recommend.products.PoolShortlist;
import koc.recommend.products.PortraitRates;
import koc.recommend.rank.Scoring;
import koc.recommend.split.Ownership;
import koc.recommend.split.UserActivity;
import koc.spark.Checkpoints;
import koc.tables.CleanTables;
import koc.tables.PortraitTables;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Recomputes the worked example of docs/models/buyer-model.md: from ten users to the score of one product. */
class BuyerModelWorkedExampleTest extends SparkTest {
    private static final RecommendSettings SETTINGS =
            RecommendSettings.from(config("koc.recommend.item-model.regularisation=1"));
    private static final PortraitIndex PORTRAITS =
            new PortraitIndex(List.of(new Portrait("m", "Mothers", 6), new Portrait("s", "Students", 4)));
    private static final int DIAPERS = 1;

    /** Users 1 to 6 are mothers, 7 to 10 are students. */
    private static final Dataset<Row> USER_PORTRAITS = rows(PortraitTables.USER_PORTRAITS, """
            user_id | portrait_id
            1       | m
            2       | m
            3       | m
            4       | m
            5       | m
            6       | m
            7       | s
            8       | s
            9       | s
            10      | s
            """);

    /** Product 1 is diapers, product 2 a notebook; as of 2024-01-31 user 1 is due to buy diapers again. */
    private static final Dataset<Row> OWNED = rows(Ownership.OWNED, """
            user_id | product_number | last_bought_on
            1       | 1              | 2024-01-07
            4       | 1              | 2024-01-30
            5       | 1              | 2024-01-30
            2       | 2              | 2024-01-30
            4       | 2              | 2024-01-30
            7       | 2              | 2024-01-30
            8       | 2              | 2024-01-30
            """);

    private static final Dataset<Row> PRODUCTS = SPARK.sql(
                    "SELECT * FROM VALUES (1, 'baby', true, 30), (2, 'office', false, NULL)"
                            + " AS t(product_number, path, is_consumable, use_cycle_days)")
            .selectExpr("*", "1L AS offered_days", "1L AS history_days");

    /** The trained weights and exponents of the example. */
    private static final BuyerModel MODEL =
            new BuyerModel(new double[] {0.1, 0.05, 0.3, 0.25, 0.2, 0, 0, 0, 0, 0, 0, 0}, new double[] {1, 0.5}, 0);

    private static final Checkpoints CHECKPOINTS = new Checkpoints();

    private static Row rates;
    private static Row features;
    private static Row scored;

    @BeforeAll
    static void computeTheExample() {
        Dataset<Row> users = UserActivity.withActivity(
                UserActivity.classify(USER_PORTRAITS, OWNED, PORTRAITS, day("2024-01-31")), ActivityFactors.neutral());
        PortraitRates portraitRates = new PortraitRates(PORTRAITS, 2);
        Dataset<Row> allRates = portraitRates.compute(portraitRates.count(OWNED, users, PRODUCTS));
        rates = allRates.where("product_number = 1").head();
        TrafficPools pools = new TrafficPools(PORTRAITS, 3, 3);
        Dataset<Row> ties = rows(CleanTables.TIES, """
                koc_id | user_id
                guide  | 1
                guide  | 2
                guide  | 3
                guide  | 7
                """).select("koc_id", "user_id");
        Dataset<Row> poolMembers = CHECKPOINTS.compute(pools.describeMembers(ties, users));
        Dataset<Row> kocs = CHECKPOINTS.compute(
                pools.selectKocs(poolMembers, rows(CleanTables.USERS, "user_id | role\nguide | guide"), USER_PORTRAITS)
                        .withColumn("lifts", functions.expr("array(1.5D, 1D, 1D)")));
        Dataset<Row> members = poolMembers.withColumn("koc_number", functions.lit(1));
        Dataset<Row> baskets = ItemModel.selectBaskets(OWNED, 2, 10);
        Broadcast<ItemModel> itemModel = CHECKPOINTS.broadcast(
                SPARK, ItemModel.fit(baskets, SETTINGS.itemModel().regularisation()));
        Dataset<Row> owned = PoolShortlist.withItemScores(
                Ownership.withDue(OWNED, PRODUCTS, day("2024-01-31"), SETTINGS), baskets, itemModel);
        Dataset<Row> shortlist = PoolShortlist.scoreItems(members, baskets, itemModel, allRates)
                .selectExpr(
                        "koc_number",
                        "1 AS product_number",
                        "item_scores[0] AS item_score_sum",
                        "1.2D AS category_affinity");
        Dataset<Row> offers = allRates.selectExpr(
                "*",
                "1D AS monthly_recency",
                "0.5D AS weekly_recency",
                "false AS is_new",
                "1D AS margin_factor",
                "1D AS trust_factor",
                "0D AS generality_difference");
        Dataset<Row> candidates = CHECKPOINTS.compute(
                new CandidateFeatures(PORTRAITS, SETTINGS).compute(kocs, members, owned, shortlist, offers));
        features = candidates.head();
        Dataset<Row> ownUse = SPARK.sql("SELECT 1 AS koc_number, " + DIAPERS
                + " AS product_number, 0.5D AS product_loyalty, true AS is_approved");
        scored = new Scoring(MODEL, SETTINGS)
                .score(candidates, kocs, offers, ownUse)
                .head();
    }

    @AfterAll
    static void release() {
        CHECKPOINTS.close();
    }

    @Test
    void portraitRatesOfDiapers() {
        assertThat(rates.<Double>getAs("population_rate")).isCloseTo(0.3, within(1e-12));
        // Mothers: (3 + 2 x .3 x (3 + 2) / (1.8 + 2)) / (6 + 2); students: (0 + 2 x .3 x (0 + 2) / (1.2 + 2)) / (4 +
        // 2).
        assertThat(rates.<Double>getList(rates.fieldIndex("rates")).get(0)).isCloseTo(0.4737, within(5e-5));
        assertThat(rates.<Double>getList(rates.fieldIndex("rates")).get(1)).isCloseTo(0.0625, within(5e-5));
    }

    @Test
    void partsOfNonOwners() {
        assertThat(features.<Double>getAs("portrait_part")).isCloseTo(0.4737 + 0.0625, within(1e-4));
        assertThat(features.<Double>getAs("non_buyer_part")).isCloseTo(0.4737, within(1e-4));
        assertThat(features.<Double>getAs("item_model_part")).isCloseTo(0.2 + 0.2, within(1e-4));
        assertThat(features.<Double>getAs("influence_part")).isCloseTo(0.4737 * 0.5, within(1e-4));
    }

    @Test
    void partsOfTheOwnerWhoIsDueToRepurchase() {
        assertThat(features.<Double>getAs("repurchase_part")).isCloseTo(1, within(1e-9));
        assertThat(features.<Double>getAs("due_portrait_part")).isCloseTo(0.4737, within(1e-4));
        assertThat(features.<Double>getAs("due_influence_part")).isCloseTo(0.4737 * 0.5, within(1e-4));
        assertThat(features.<Double>getAs("due_item_model_part")).isZero();
    }

    @Test
    void partsOfPopularity() {
        // Users 2, 3 and 7 do not own diapers, and .3 of all users do; user 1 is due.
        assertThat(features.<Double>getAs("popularity_part")).isCloseTo(3 * 0.3, within(1e-9));
        assertThat(features.<Double>getAs("weekly_popularity_part")).isCloseTo(3 * 0.3 * 0.5, within(1e-9));
        assertThat(features.<Double>getAs("due_popularity_part")).isCloseTo(0.3, within(1e-9));
        // One owner of four, k = 20.
        assertThat(features.<Double>getAs("pool_part")).isCloseTo(3 * (1 + 20 * 0.3) / (4 + 20), within(1e-9));
        // Three mothers and a student; the part of user 1 is apart.
        assertThat(features.<Double>getAs("portrait_popularity_part"))
                .isCloseTo(3 * (0.75 * 0.4737 + 0.25 * 0.0625), within(1e-4));
    }

    @Test
    void productAffinityOfThePool() {
        // One owner where 4 x .3 = 1.2 are expected, with k = 10.
        assertThat(features.<Double>getAs("product_affinity")).isCloseTo(11 / 11.2, within(1e-9));
    }

    @Test
    void expectedBuyersAndScore() {
        assertThat(scored.<Double>getAs("weighted_portrait_part")).isCloseTo(0.0536, within(5e-5));
        assertThat(scored.<Double>getAs("weighted_non_buyer_part")).isCloseTo(0.0237, within(5e-5));
        assertThat(scored.<Double>getAs("weighted_item_model_part")).isCloseTo(0.1200, within(5e-5));
        assertThat(scored.<Double>getAs("weighted_influence_part")).isCloseTo(0.0474, within(5e-5));
        assertThat(scored.<Double>getAs("weighted_repurchase_part")).isCloseTo(0.3447, within(5e-5));
        assertThat(scored.<Double>getAs("expected_buyers")).isCloseTo(0.6341, within(5e-5));
        assertThat(scored.<Double>getAs("repurchase_factor")).isCloseTo(0.5613, within(5e-5));
        assertThat(scored.<Double>getAs("own_use_factor")).isCloseTo(1.0253, within(5e-5));
        assertThat(scored.<Double>getAs("score")).isCloseTo(0.3650, within(5e-5));
    }
}
