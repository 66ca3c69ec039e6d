package koc.recommend;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import koc.Silence;
import koc.SparkTest;
import koc.recommend.features.Part;
import koc.run.JobRun;
import koc.tables.CleanTables;
import koc.tables.FeatureTables;
import koc.tables.FitTables;
import koc.tables.InfluenceTables;
import koc.tables.KocTables;
import koc.tables.PortraitTables;
import koc.tables.RecommendTables;
import koc.text.TextNumbers;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecommendJobTest extends SparkTest {
    private static final LocalDate DAY = LocalDate.parse("2024-01-31");

    @TempDir
    static Path folder;

    private static final String BOUGHT = """
            day        | user_id | product_id
            2024-01-01 | a       | stroller
            2024-01-30 | b       | diapers
            2024-01-01 | d       | notebook
            2024-01-01 | c       | pencil
            """;

    private static Warehouse warehouse;
    private final List<String> notes = new ArrayList<>();

    @BeforeAll
    static void aWarehouseWithTwoPortraitsAndThreeProducts() {
        warehouse = openWarehouse(folder);
        warehouse.write(PortraitTables.PORTRAITS, DAY, rows(PortraitTables.PORTRAITS, """
                day        | portrait_id | name          | users | user_fraction | summary | top_categories | top_products | top_tags | net_spend_90d | orders_90d | sharer_rate | change
                2024-01-31 | mothers     | Young mothers | 600   | 0.6           | s       | c              | p            | t        | 1             | 1          | 0.1         | new
                2024-01-31 | students    | Students      | 400   | 0.4           | s       | c              | p            | t        | 1             | 1          | 0.1         | new
                """));
        warehouse.write(PortraitTables.USER_PORTRAITS, DAY, rows(PortraitTables.USER_PORTRAITS, """
                day        | user_id | portrait_id | portrait_name | confidence | since
                2024-01-31 | a       | mothers     | Young mothers | 1          | 2024-01-31
                2024-01-31 | b       | mothers     | Young mothers | 1          | 2024-01-31
                2024-01-31 | c       | students    | Students      | 1          | 2024-01-31
                """));
        warehouse.write(PortraitTables.PRODUCT_GROUPS, DAY, warehouse.empty(PortraitTables.PRODUCT_GROUPS));
        warehouse.write(FitTables.PRODUCT_PROFILE, DAY, rows(FitTables.PRODUCT_PROFILE, """
                day        | product_id | title    | category | unit_margin | is_consumable | use_cycle_days | is_in_stock | buyers | daily_buy_rate | generality | generality_low | generality_basis | quality_gate | trust | trust_purchases | repeat_buyers | refunded_lines | purchase_lines | complaints | reviews | bad_reviews | trust_reason
                2024-01-31 | diapers    | Diapers  | baby     | 32          | true          | 30             | true        | 150    | 0.004          | 0.6        | 0.5            | product          | pass         | 0.7   | 0.7         | 1             | 0              | 9              | 0          | 0       | 0           | t
                2024-01-31 | notebook   | Notebook | office   |             | false         |                | true        | 100    | 0.003          | 0.9        | 0.8            | product          | pass         | 0.5   |             | 1             | 0              | 9              | 0          | 0       | 0           | t
                2024-01-31 | stroller   | Stroller | baby     | 32          | false         |                | true        | 60     | 0.001          | 0.6        | 0.5            | product          | pass         | 0.7   | 0.7         | 1             | 0              | 9              | 0          | 0       | 0           | t
                """));
        warehouse.write(FitTables.PRODUCT_PORTRAIT_FIT, DAY, rows(FitTables.PRODUCT_PORTRAIT_FIT, """
                day        | product_id | portrait_id | buyers | buyers_if_average | lift | lift_low | lift_high | history_buyers | users | buy_rate | fit  | basis | reason
                2024-01-31 | diapers    | mothers     | 9      | 3                 | 3.1  | 2.2      | 4         | 150            | 600   | 0.25     | 0.69 | b     | r
                2024-01-31 | diapers    | students    | 0      | 3                 | 0.1  | 0        | 1         | 4              | 400   | 0.01     | 0    | b     | r
                2024-01-31 | notebook   | mothers     | 3      | 3                 | 1    | 0.5      | 2         | 60             | 600   | 0.1      | 0.33 | b     | r
                2024-01-31 | notebook   | students    | 3      | 3                 | 1.2  | 0.6      | 2         | 40             | 400   | 0.1      | 0.38 | b     | r
                2024-01-31 | stroller   | mothers     | 3      | 2                 | 1.5  | 1.1      | 2         | 60             | 600   | 0.1      | 0.52 | b     | r
                2024-01-31 | stroller   | students    | 0      | 1                 | 0.2  | 0        | 1         | 0              | 400   | 0.001    | 0    | b     | r
                """));
        warehouse.write(CleanTables.USERS, DAY, rows(CleanTables.USERS, """
                arrived    | user_id | role  | marketing_opt_out
                2024-01-31 | guide   | guide | false
                """));
        warehouse.write(FeatureTables.USER_PRODUCT_DAYS, DAY, bought(BOUGHT));
        warehouse.write(InfluenceTables.KOC_INFLUENCE, DAY, rows(InfluenceTables.KOC_INFLUENCE, """
                day        | koc_id | portrait_id | exposures | observed_purchases | expected_purchases | expected_purchases_90d | influence_lift | influence_low | influence_high
                2024-01-31 | guide  | mothers     | 9         | 2                  | 1                  | 1                      | 2              | 1             | 3
                """));
        warehouse.write(KocTables.KOC_RANKING, DAY, ranking());
        warehouse.write(FeatureTables.USER_FEATURES, DAY, warehouse.empty(FeatureTables.USER_FEATURES));
        warehouse.write(PortraitTables.HOLDOUT_PORTRAITS, DAY, rows(PortraitTables.HOLDOUT_PORTRAITS, """
                day        | user_id | portrait_id | as_of
                2024-01-31 | a       | mothers     | 2024-01-10
                2024-01-31 | b       | mothers     | 2024-01-10
                2024-01-31 | c       | students    | 2024-01-10
                """));
    }

    @Test
    void aRecommendationExplainsItsScoreWithNumbersThatMultiplyOut() {
        warehouse.write(InfluenceTables.TIE_STRENGTHS, DAY, ties("guide", "a", "b", "c"));

        run(config("koc.recommend.min-pool=3", "koc.recommend.min-buying-members=3"));

        List<Row> found = recommendations();
        assertThat(found)
                .extracting(row -> row.<String>getAs("product_id"))
                .containsExactlyInAnyOrder("notebook", "diapers", "stroller");
        for (Row row : found) {
            double parts = Part.publishedColumns().stream()
                    .mapToDouble(part -> row.<Double>getAs(part))
                    .sum();
            assertThat(parts).isCloseTo(row.<Double>getAs("expected_buyers"), within(1e-9));
            assertThat(row.<Double>getAs("expected_buyers")
                            * row.<Double>getAs("repurchase_factor")
                            * row.<Double>getAs("margin_factor")
                            * row.<Double>getAs("trust_factor")
                            * row.<Double>getAs("generality_factor")
                            * row.<Double>getAs("own_use_factor")
                            * row.<Double>getAs("overlap_factor"))
                    .isCloseTo(row.<Double>getAs("score"), within(1e-9));
            recomputes(row);
        }
        assertThat(warehouse.read(RecommendTables.KOC_POOL_MIX, DAY).count()).isEqualTo(2);
        assertThat(warehouse.read(RecommendTables.BUYER_MODEL, DAY).count()).isEqualTo(24);
        assertThat(found).extracting(row -> row.<String>getAs("advice")).containsOnly("sample first");
        assertThat(notes)
                .singleElement()
                .asString()
                .contains("not trained", "fewer than 1,000 pairs of user and product", "the weight 0.05");
    }

    @Test
    void dueOwnersCountSeparatelyAndHalfInTheScore() {
        warehouse.write(InfluenceTables.TIE_STRENGTHS, DAY, ties("guide", "a", "b", "c"));
        warehouse.write(FeatureTables.USER_PRODUCT_DAYS, DAY, bought(BOUGHT.replace("2024-01-30", "2024-01-01")));
        try {
            run(config(
                    "koc.recommend.min-pool=3",
                    "koc.recommend.min-buying-members=3",
                    "koc.recommend.weight.repurchase=0.5"));
        } finally {
            warehouse.write(FeatureTables.USER_PRODUCT_DAYS, DAY, bought(BOUGHT));
        }

        Row diapers = recommendations().stream()
                .filter(row -> row.<String>getAs("product_id").equals("diapers"))
                .findFirst()
                .orElseThrow();
        assertThat(diapers.<Long>getAs("owners_not_due")).isZero();
        double parts = Part.publishedColumns().stream()
                .mapToDouble(part -> diapers.<Double>getAs(part))
                .sum();
        double repurchases = diapers.<Double>getAs("from_repurchase");
        assertThat(repurchases).isPositive().isLessThan(parts);
        assertThat(diapers.<Double>getAs("repurchase_factor")).isCloseTo(1 - 0.5 * repurchases / parts, within(1e-9));
        recomputes(diapers);
    }

    @Test
    void ownUseIsAdvisedAndBlockedProductsAreNotRecommended() {
        warehouse.write(InfluenceTables.TIE_STRENGTHS, DAY, ties("guide", "a", "b", "c"));

        warehouse.write(
                FeatureTables.USER_PRODUCT_DAYS,
                DAY.minusDays(1),
                bought("""
                day        | user_id | product_id
                2024-01-01 | guide   | notebook
                2024-01-01 | guide   | stroller
                """)
                        .withColumn("arrived", functions.lit(DAY.minusDays(1)))
                        .withColumn(
                                "refunded_units",
                                functions
                                        .when(functions.col("product_id").equalTo("stroller"), 1L)
                                        .otherwise(0L)));
        run(config("koc.recommend.min-pool=3", "koc.recommend.min-buying-members=3"));
        warehouse.write(
                FeatureTables.USER_PRODUCT_DAYS, DAY.minusDays(1), warehouse.empty(FeatureTables.USER_PRODUCT_DAYS));

        assertThat(recommendations())
                .extracting(
                        row -> row.getAs("product_id") + " " + row.getAs("advice") + " " + row.getAs("product_loyalty"))
                .containsExactlyInAnyOrder("notebook recommend 0.5", "diapers sample first 0.0");
    }

    @Test
    void whatAKocIsNotReadyForIsRankedLastOrLeftOut() {
        warehouse.write(InfluenceTables.TIE_STRENGTHS, DAY, ties("guide", "a", "b", "c"));
        warehouse.write(
                KocTables.KOC_RANKING,
                DAY,
                ranking()
                        .withColumn("koc_id", functions.lit("guide"))
                        .withColumn("level", functions.lit("bronze"))
                        .withColumn("is_tied_to_brand", functions.lit(true)));
        warehouse.write(
                FeatureTables.USER_PRODUCT_DAYS,
                DAY.minusDays(1),
                bought("""
                day        | user_id | product_id
                2024-01-01 | guide   | stroller
                """).withColumn("arrived", functions.lit(DAY.minusDays(1))));

        run(config("koc.recommend.min-pool=3", "koc.recommend.min-buying-members=3"));
        List<Row> after = recommendations();
        run(config(
                "koc.recommend.min-pool=3", "koc.recommend.min-buying-members=3", "koc.recommend.not-ready=exclude"));
        List<Row> without = recommendations();
        warehouse.write(KocTables.KOC_RANKING, DAY, ranking());
        warehouse.write(
                FeatureTables.USER_PRODUCT_DAYS, DAY.minusDays(1), warehouse.empty(FeatureTables.USER_PRODUCT_DAYS));

        assertThat(after)
                .extracting(row -> row.<String>getAs("advice"))
                .containsExactly("recommend", "not ready", "not ready");
        assertThat(after.get(0).<String>getAs("product_id")).isEqualTo("stroller");
        assertThat(after.get(2).<Boolean>getAs("is_ready")).isFalse();
        assertThat(after.get(2).<Boolean>getAs("is_actionable")).isFalse();
        assertThat(after.get(2).<String>getAs("not_ready_reason")).isEqualTo("approval");
        assertThat(without).extracting(row -> row.<String>getAs("product_id")).containsExactly("stroller");
    }

    @Test
    void aNewProductIsRecommendedToAllKocsAfterItsSeedingDaysWithItsPeers() {
        warehouse.write(InfluenceTables.TIE_STRENGTHS, DAY, ties("guide", "a", "b", "c"));
        Dataset<Row> profiles = warehouse.read(FitTables.PRODUCT_PROFILE, DAY).localCheckpoint();
        Dataset<Row> rattle = profiles.where("product_id = 'stroller'")
                .withColumn("product_id", functions.lit("rattle"))
                .withColumn("launched_on", functions.lit(DAY.minusDays(6)))
                .withColumn("buyers", functions.lit(0L));
        warehouse.write(FitTables.PRODUCT_PROFILE, DAY, profiles.unionByName(rattle));

        run(config("koc.recommend.min-pool=3", "koc.recommend.min-buying-members=3"));
        List<Row> seeding = recommendations();
        run(config(
                "koc.recommend.min-pool=3",
                "koc.recommend.min-buying-members=3",
                "koc.recommend.new-products.seeding-days=6"));
        List<Row> open = recommendations();
        warehouse.write(FitTables.PRODUCT_PROFILE, DAY, profiles);

        assertThat(seeding)
                .extracting(row -> row.<String>getAs("product_id"))
                .containsExactlyInAnyOrder("notebook", "diapers", "stroller");
        Row found = open.stream()
                .filter(row -> row.<Boolean>getAs("is_new"))
                .findFirst()
                .orElseThrow();
        assertThat(found.<String>getAs("product_id")).isEqualTo("rattle");
        assertThat(found.<Double>getAs("from_cold_start")).isPositive();
        assertThat(found.<Double>getAs("from_portraits")).isZero();
        assertThat(found.<Integer>getAs("peer_level")).isEqualTo(1);
        assertThat(found.<Long>getAs("peer_products")).isEqualTo(2);
        assertThat(found.<Long>getAs("peer_buyers")).isEqualTo(2);
        recomputes(found);
    }

    @Test
    void interactionsInTheHoldoutChangeTheListButNotTheModel() {
        warehouse.write(InfluenceTables.TIE_STRENGTHS, DAY, ties("guide", "a", "c"));
        Config config = config(
                "koc.recommend.min-pool=2",
                "koc.recommend.min-buying-members=2",
                "koc.recommend.training.min-purchases=1");
        run(config);
        List<Row> model = warehouse
                .read(RecommendTables.BUYER_MODEL, DAY)
                .orderBy("coefficient")
                .collectAsList();
        List<Row> without = recommendations();

        warehouse.write(FeatureTables.USER_CATEGORY_DAYS, DAY, rows(FeatureTables.USER_CATEGORY_DAYS, """
                arrived    | day        | user_id | category | interest | purchase_lines | refunded_lines | net_spend
                2024-01-31 | 2024-01-20 | a       | office   | 50       | 0              | 0              | 0
                """));
        run(config);
        warehouse.write(FeatureTables.USER_CATEGORY_DAYS, DAY, warehouse.empty(FeatureTables.USER_CATEGORY_DAYS));

        assertThat(warehouse
                        .read(RecommendTables.BUYER_MODEL, DAY)
                        .orderBy("coefficient")
                        .collectAsList())
                .isEqualTo(model);
        assertThat(categoryAffinity("notebook", recommendations()))
                .isGreaterThan(categoryAffinity("notebook", without));
    }

    private static double categoryAffinity(String product, List<Row> found) {
        return found.stream()
                .filter(row -> row.<String>getAs("product_id").equals(product))
                .mapToDouble(row -> row.<Double>getAs("category_affinity"))
                .sum();
    }

    @Test
    void aLaunchBeforeHistoryChangesNothing() {
        warehouse.write(InfluenceTables.TIE_STRENGTHS, DAY, ties("guide", "a", "b", "c"));
        run(config("koc.recommend.min-pool=3", "koc.recommend.min-buying-members=3"));
        List<Row> without = recommendations();
        Dataset<Row> profiles = warehouse.read(FitTables.PRODUCT_PROFILE, DAY).localCheckpoint();
        warehouse.write(
                FitTables.PRODUCT_PROFILE,
                DAY,
                profiles.withColumn("launched_on", functions.lit(LocalDate.parse("2023-01-01"))));

        run(config("koc.recommend.min-pool=3", "koc.recommend.min-buying-members=3"));
        warehouse.write(FitTables.PRODUCT_PROFILE, DAY, profiles);

        assertThat(recommendations()).isEqualTo(without);
    }

    @Test
    void aThinPoolNamesTheUsersWhoStandIn() {
        warehouse.write(InfluenceTables.TIE_STRENGTHS, DAY, ties("guide", "a", "stranger"));

        run(config());

        assertThat(recommendations()).extracting(row -> row.getAs("basis")).containsOnly("all_users");
        assertThat(recommendations())
                .extracting(row -> row.getAs("buying_members"))
                .containsOnly(1L);
    }

    @Test
    void theListIsComparedWithThePreviousDay() {
        warehouse.write(InfluenceTables.TIE_STRENGTHS, DAY, ties("guide", "a", "b", "c"));
        run(config("koc.recommend.min-pool=3", "koc.recommend.min-buying-members=3"));
        List<Row> first = recommendations();
        warehouse.write(
                RecommendTables.KOC_RECOMMENDATIONS,
                DAY.minusDays(2),
                warehouse
                        .readUpTo(RecommendTables.KOC_RECOMMENDATIONS, DAY)
                        .where("day = DATE'2024-01-31' AND rank > 1")
                        .withColumn("day", functions.lit(DAY.minusDays(2))));

        run(config("koc.recommend.min-pool=3", "koc.recommend.min-buying-members=3"));

        assertThat(recommendations()).hasSameSizeAs(first);
        assertThat(recommendations()).extracting(row -> row.getAs("change")).containsExactly("new", "kept", "kept");
        warehouse.write(
                RecommendTables.KOC_RECOMMENDATIONS,
                DAY.minusDays(2),
                warehouse.empty(RecommendTables.KOC_RECOMMENDATIONS));
    }

    @Test
    void aRevokedKocGetsNoRecommendations() {
        warehouse.write(InfluenceTables.TIE_STRENGTHS, DAY, ties("gone", "a", "b", "c"));

        run(config("koc.recommend.min-pool=3", "koc.recommend.min-buying-members=3"));

        assertThat(recommendations()).isEmpty();
    }

    @Test
    void withoutTiesTheTablesAreEmptyAndANoteSaysWhy() {
        warehouse.write(InfluenceTables.TIE_STRENGTHS, DAY, ties("guide"));

        run(config());

        assertThat(recommendations()).isEmpty();
        assertThat(warehouse.read(RecommendTables.KOC_POOL_MIX, DAY).isEmpty()).isTrue();
        // No model is trained that nobody would use.
        assertThat(warehouse
                        .readUpTo(RecommendTables.BUYER_MODEL, DAY)
                        .where("day = DATE'2024-01-31'")
                        .isEmpty())
                .isTrue();
        assertThat(notes).singleElement().asString().startsWith("no KOC has a pool: no tie is open on 2024-01-31");
    }

    @Test
    void whenAllPoolsAreTooSmallANoteSaysTheirSize() {
        warehouse.write(InfluenceTables.TIE_STRENGTHS, DAY, ties("friend", "a", "b"));

        run(config());

        assertThat(recommendations()).isEmpty();
        assertThat(notes).singleElement().asString().contains("of 1 pool the largest has 2 members, below");
    }

    @Test
    void baselinesIncludeListsWithoutTheRulesOnStockAndCampaigns() {
        warehouse.write(InfluenceTables.TIE_STRENGTHS, DAY, ties("guide", "a", "b", "c"));
        runWithCrayonsOutOfStockAndRulersRecalled(
                "koc.recommend.min-pool=3", "koc.recommend.min-buying-members=3", "koc.recommend.baselines=true");

        Dataset<Row> baselines = warehouse.read(RecommendTables.BASELINE_RECOMMENDATIONS, DAY);
        assertThat(baselines
                        .where("recommender = 'popularity'")
                        .orderBy("rank")
                        .select("product_id")
                        .head()
                        .getString(0))
                .isEqualTo("diapers");
        assertThat(baselines.select("recommender").distinct().collectAsList())
                .extracting(row -> row.getString(0))
                .contains(
                        "popularity",
                        "pool_popularity",
                        "portrait_popularity",
                        "portrait_buyers",
                        "without_mix",
                        "without_floor",
                        "without_repurchase");
        assertThat(recommended()).contains("notebook").doesNotContain("crayons", "ruler");
        assertThat(products("without_stock")).contains("crayons").doesNotContain("ruler");
        assertThat(products("without_campaigns")).contains("ruler").doesNotContain("crayons");
    }

    @Test
    void productsOutOfStockAreRecommendedWhenTheRuleIsOff() {
        warehouse.write(InfluenceTables.TIE_STRENGTHS, DAY, ties("guide", "a", "b", "c"));
        runWithCrayonsOutOfStockAndRulersRecalled(
                "koc.recommend.min-pool=3",
                "koc.recommend.min-buying-members=3",
                "koc.recommend.rerank.stock.on=false");

        assertThat(recommended()).contains("crayons").doesNotContain("ruler");
    }

    private void runWithCrayonsOutOfStockAndRulersRecalled(String... settings) {
        Dataset<Row> profiles = warehouse.read(FitTables.PRODUCT_PROFILE, DAY).localCheckpoint();
        Dataset<Row> bought =
                warehouse.read(FeatureTables.USER_PRODUCT_DAYS, DAY).localCheckpoint();
        Dataset<Row> notebook = profiles.where("product_id = 'notebook'");
        warehouse.write(
                FitTables.PRODUCT_PROFILE,
                DAY,
                profiles.unionByName(notebook.withColumn("product_id", functions.lit("crayons"))
                                .withColumn("is_in_stock", functions.lit(false)))
                        .unionByName(notebook.withColumn("product_id", functions.lit("ruler"))));
        warehouse.write(FeatureTables.USER_PRODUCT_DAYS, DAY, bought.unionByName(bought("""
                day        | user_id | product_id
                2024-01-01 | d       | crayons
                2024-01-01 | d       | ruler
                """)));
        warehouse.write(CleanTables.CAMPAIGNS, DAY, rows(CleanTables.CAMPAIGNS, """
                arrived    | campaign_id | rule    | starts_on  | product_id
                2024-01-31 | recall      | exclude | 2024-01-30 | ruler
                """));
        try {
            run(config(settings));
        } finally {
            warehouse.clear(CleanTables.CAMPAIGNS, DAY);
            warehouse.write(FitTables.PRODUCT_PROFILE, DAY, profiles);
            warehouse.write(FeatureTables.USER_PRODUCT_DAYS, DAY, bought);
        }
    }

    private List<String> recommended() {
        return recommendations().stream()
                .map(row -> row.<String>getAs("product_id"))
                .toList();
    }

    private static List<String> products(String recommender) {
        return warehouse
                .read(RecommendTables.BASELINE_RECOMMENDATIONS, DAY)
                .where(col("recommender").equalTo(recommender))
                .select("product_id")
                .as(Encoders.STRING())
                .collectAsList();
    }

    @Test
    void portraitPopularityCountsOwnersAndPortraitBuyersDoNot() {
        warehouse.write(InfluenceTables.TIE_STRENGTHS, DAY, ties("guide", "b"));

        run(config("koc.recommend.min-pool=1", "koc.recommend.min-buying-members=1", "koc.recommend.baselines=true"));

        assertThat(warehouse
                        .read(RecommendTables.BASELINE_RECOMMENDATIONS, DAY)
                        .where("product_id = 'diapers'")
                        .select("recommender")
                        .collectAsList())
                .extracting(row -> row.getString(0))
                .contains("portrait_popularity")
                .doesNotContain("portrait_buyers");
    }

    @Test
    void portraitBuyersCountDueOwners() {
        warehouse.write(InfluenceTables.TIE_STRENGTHS, DAY, ties("guide", "b"));
        warehouse.write(FeatureTables.USER_PRODUCT_DAYS, DAY, bought(BOUGHT.replace("2024-01-30", "2024-01-01")));
        try {
            run(config(
                    "koc.recommend.min-pool=1", "koc.recommend.min-buying-members=1", "koc.recommend.baselines=true"));
        } finally {
            warehouse.write(FeatureTables.USER_PRODUCT_DAYS, DAY, bought(BOUGHT));
        }

        assertThat(warehouse
                        .read(RecommendTables.BASELINE_RECOMMENDATIONS, DAY)
                        .where("product_id = 'diapers'")
                        .select("recommender")
                        .collectAsList())
                .extracting(row -> row.getString(0))
                .contains("portrait_buyers");
    }

    /** Every number in a text of the row is one of its columns. */
    private static void recomputes(Row row) {
        assertThat(TextNumbers.faults(row, "reason", "title", "product_id")).isEmpty();
        assertThat(TextNumbers.faults(row, "next_action", "title", "product_id", "koc_id"))
                .isEmpty();
        assertThat(TextNumbers.faults(row, "target_portraits", "top_portrait")).isEmpty();
    }

    private List<Row> recommendations() {
        return warehouse
                .readUpTo(RecommendTables.KOC_RECOMMENDATIONS, DAY)
                .where("day = DATE'2024-01-31'")
                .orderBy("koc_id", "rank")
                .collectAsList();
    }

    private void run(Config config) {
        new RecommendJob(config).run(new JobRun(DAY, null, null, false, warehouse, new Silence() {

            @Override
            public void note(String job, String text) {
                notes.add(text);
            }
        }));
    }

    private static Dataset<Row> ties(String koc, String... members) {
        StringBuilder text = new StringBuilder(
                "day | koc_id | user_id | relation | tie_types | is_inferred | strength_out | strength_in | strength | shared_experiences | is_strong\n");
        for (String member : members) {
            text.append("2024-01-31 | " + koc + " | " + member
                    + " | guide_customer | friend | false | 0 | 0 | 0 | 0 | false\n");
        }
        return rows(InfluenceTables.TIE_STRENGTHS, text.toString());
    }

    /** One KOC who is revoked; of the others only the level is read, and they need none. */
    private static Dataset<Row> ranking() {
        Dataset<Row> none = warehouse.empty(KocTables.KOC_RANKING);
        return none.unionByName(SPARK.range(1)
                .selectExpr(Arrays.stream(KocTables.KOC_RANKING.schema().fields())
                        .map(field -> switch (field.name()) {
                            case "day" -> "DATE'2024-01-31' AS day";
                            case "koc_id" -> "'gone' AS koc_id";
                            case "level" -> "'revoked' AS level";
                            case "rank" -> "1 AS rank";
                            default -> value(field);
                        })
                        .toArray(String[]::new)));
    }

    private static String value(StructField field) {
        String type = field.dataType().sql();
        String value = field.nullable()
                ? "NULL"
                : switch (type) {
                    case "STRING" -> "'x'";
                    case "DATE" -> "DATE'2024-01-31'";
                    case "BOOLEAN" -> "false";
                    default -> "0";
                };
        return "CAST(" + value + " AS " + type + ") AS " + field.name();
    }

    private static Dataset<Row> bought(String text) {
        return rows(FeatureTables.USER_PRODUCT_DAYS, text)
                .selectExpr(FeatureTables.USER_PRODUCT_DAYS.columnNames().stream()
                        .map(name -> switch (name) {
                            case "arrived" -> "DATE'2024-01-31' AS arrived";
                            case "day", "user_id", "product_id" -> name;
                            case "units", "purchase_lines" -> "1L AS " + name;
                            case "gross_spend", "refunded" -> "CAST(1 AS DECIMAL(18,2)) AS " + name;
                            default -> "0L AS " + name;
                        })
                        .toArray(String[]::new));
    }
}
