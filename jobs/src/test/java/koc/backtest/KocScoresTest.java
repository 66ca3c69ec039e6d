package koc.backtest;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import koc.SparkTest;
import koc.tables.CleanTables;
import koc.tables.FitTables;
import koc.tables.KocTables;
import koc.tables.RecommendTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Scores lists against what the pools bought after the cutoff. Every expected number is computed by hand. */
class KocScoresTest extends SparkTest {
    private static final BacktestSettings SETTINGS = BacktestSettings.from(
            config("koc.recommend.min-pool=3", "koc.recommend.top=3", "koc.backtest.pool-bands=[2,4]"));
    private static final HoldoutWindow WINDOW = new HoldoutWindow(day("2024-01-31"), 28);
    private static final double LOG2_OF_3 = Math.log(3) / Math.log(2);

    private static Map<String, Row> buyers = Map.of();
    private static Map<String, Row> scores = Map.of();
    private static Dataset<Row> lists = SPARK.emptyDataFrame();

    @BeforeAll
    static void scorePublishedAndPopularity() {
        Dataset<Row> pools = rows(CleanTables.TIES, """
                koc_id | user_id
                ann    | m1
                ann    | m2
                ann    | m3
                ann    | m4
                guide  | m2
                idle   | x1
                idle   | x2
                idle   | x3
                small  | m2
                small  | m3
                """).select("koc_id", "user_id");
        Dataset<Row> events = rows(CleanTables.EVENTS, """
                user_id | event_type | product_id | day        | quantity
                m1      | purchase   | apple      | 2024-01-10 | 1
                m4      | view       | apple      | 2024-01-10 | 1
                m9      | purchase   | bread      | 2024-01-31 | 1
                m1      | purchase   | apple      | 2024-02-02 | 1
                m1      | purchase   | bread      | 2024-02-28 | 1
                m2      | purchase   | apple      | 2024-02-01 | 2
                m2      | purchase   | novelty    | 2024-02-02 | 1
                m2      | purchase   | bread      | 2024-02-29 | 1
                m3      | purchase   | apple      | 2024-02-03 | 1
                m3      | purchase   | apple      | 2024-02-09 | 1
                m3      | view       | bread      | 2024-02-03 | 1
                m4      | purchase   | apple      | 2024-02-04 | 2
                m1      | purchase   | rice       | 2024-01-10 | 1
                m1      | purchase   | rice       | 2024-02-05 | 1
                m2      | purchase   | rice       | 2024-01-25 | 1
                m2      | purchase   | rice       | 2024-02-06 | 1
                m3      | purchase   | rice       | 2024-01-25 | 1
                m3      | purchase   | rice       | 2024-02-07 | 1
                m4      | purchase   | rice       | 2024-01-25 | 1
                m4      | purchase   | rice       | 2024-02-08 | 1
                """);
        Dataset<Row> refunds = rows(CleanTables.REFUNDS, """
                user_id | product_id | purchase_event_id | day        | refunded_on | quantity
                m2      | apple      | bought            | 2024-02-01 | 2024-02-03  | 2
                m4      | apple      | bought            | 2024-02-04 | 2024-02-05  | 1
                m3      | apple      |                   | 2024-02-05 | 2024-02-05  | 9
                m3      | apple      | bought            | 2024-02-03 | 2024-03-01  | 1
                m3      | rice       | bought            | 2024-01-25 | 2024-01-26  | 1
                m4      | rice       | bought            | 2024-01-25 | 2024-02-01  | 1
                """);
        Dataset<Row> products = rows(FitTables.PRODUCT_PROFILE, """
                product_id | is_consumable | use_cycle_days
                apple      | false         |
                rice       | true          | 26
                """);
        Dataset<Row> users = rows(CleanTables.USERS, """
                user_id | role
                guide   | guide
                small   | consumer
                """);
        Dataset<Row> ranking = rows(KocTables.KOC_RANKING, """
                koc_id | level
                ann    | gold
                """);
        Dataset<Row> mix = rows(RecommendTables.KOC_POOL_MIX, """
                koc_id | portrait_id | portrait_name | members
                ann    | p1          | parents       | 1
                ann    | p2          | students      | 3
                """);
        Dataset<Row> recommendations = rows(RecommendTables.KOC_RECOMMENDATIONS, """
                koc_id | rank | product_id | expected_buyers
                ann    | 1    | bread      | 0.5
                ann    | 2    | novelty    | 0.25
                ann    | 3    | cake       | 0.125
                ann    | 4    | apple      | 0.1
                idle   | 1    | bread      | 2
                gone   | 1    | apple      | 9
                """);
        Dataset<Row> baselines = rows(RecommendTables.BASELINE_RECOMMENDATIONS, """
                recommender | koc_id | rank | product_id
                popularity  | ann    | 1    | apple
                popularity  | ann    | 2    | bread
                popularity  | guide  | 1    | bread
                popularity  | guide  | 2    | apple
                """);
        Dataset<Row> counted = new ObservedBuyers(WINDOW, 0.8)
                .count(pools, ObservedBuyers.unitChanges(events, refunds, "purchase"), products);
        Dataset<Row> kocs = Ndcg.withIdealGains(
                EvaluatedKocs.select(pools, users, ranking, mix, SETTINGS), counted, SETTINGS.listLength());
        lists = EvaluatedLists.withBuyers(
                        EvaluatedLists.select(recommendations, baselines, SETTINGS.listLength()), kocs, counted)
                .withColumn("cutoff", lit(WINDOW.cutoff()))
                .localCheckpoint();
        buyers = byName(counted, "koc_id", "product_id");
        scores = byName(KocScores.compute(lists, kocs), "recommender", "koc_id");
    }

    @Test
    void newBuyersBuyTheProductForTheFirstTimeRefundedOrNot() {
        assertThat(count("ann apple", "first_purchases")).isEqualTo(3);
        assertThat(count("ann bread", "first_purchases")).isEqualTo(1);
        assertThat(count("ann rice", "first_purchases")).isZero();
        assertThat(buyers).doesNotContainKey("ann cake");
    }

    /** m1 owned apples on the cutoff, m2 returned all of them, m3 and m4 kept some. */
    @Test
    void observedBuyersDidNotOwnTheProductAndKeptIt() {
        assertThat(count("ann apple", "observed_buyers")).isEqualTo(2);
        assertThat(count("guide apple", "observed_buyers")).isZero();
    }

    /** m1 is due after 21 of 26 days and m3 had returned the rice. m2 still owns rice. m4 does too, as the refund came later. */
    @Test
    void observedBuyersMayBeOwnersWhoAreDueToRepurchase() {
        assertThat(count("ann rice", "observed_buyers")).isEqualTo(2);
    }

    @Test
    void anotherEventTypeCountsEachEventAndIgnoresRefunds() {
        Dataset<Row> events = rows(CleanTables.EVENTS, """
                user_id | event_type | product_id | day
                m1      | view       | apple      | 2024-01-10
                m2      | view       | apple      | 2024-02-10
                m3      | purchase   | apple      | 2024-02-10
                """);
        Dataset<Row> refunds = rows(CleanTables.REFUNDS, """
                user_id | product_id | purchase_event_id | day        | refunded_on | quantity
                m2      | apple      | bought            | 2024-02-10 | 2024-02-11  | 1
                """);
        Dataset<Row> pools = rows(CleanTables.TIES, """
                koc_id | user_id
                ann    | m1
                ann    | m2
                ann    | m3
                """).select("koc_id", "user_id");

        Row found = new ObservedBuyers(WINDOW, 0.8)
                .count(
                        pools,
                        ObservedBuyers.unitChanges(events, refunds, "view"),
                        rows(FitTables.PRODUCT_PROFILE, "product_id | is_consumable | use_cycle_days"))
                .head();

        assertThat(found.<Long>getAs("first_purchases")).isEqualTo(1);
        assertThat(found.<Long>getAs("observed_buyers")).isEqualTo(1);
    }

    @Test
    void aProductFirstSoldAfterTheCutoffHasObservedBuyersButNoFirstPurchases() {
        assertThat(count("ann novelty", "observed_buyers")).isEqualTo(1);
        assertThat(count("ann novelty", "first_purchases")).isZero();
    }

    @Test
    void ndcgIsTheGainOfTheListOverTheGainOfTheBestList() {
        double ideal = 3 + 1 / LOG2_OF_3;

        assertThat(number("published ann", "ndcg_first_purchases")).isCloseTo(1 / ideal, within(1e-12));
        assertThat(number("published ann", "buyers_captured")).isCloseTo(0.25, within(1e-12));
        assertThat(number("popularity ann", "ndcg_first_purchases")).isCloseTo(1, within(1e-12));
        assertThat(number("popularity ann", "buyers_captured")).isCloseTo(1, within(1e-12));
        assertThat(number("popularity guide", "ndcg_first_purchases")).isCloseTo(1 / LOG2_OF_3, within(1e-12));
    }

    /** Observed buyers in the pool of ann: two of apple, two of rice, one of bread and one of novelty. */
    @Test
    void ndcgByObservedBuyersCountsRepurchases() {
        double ideal = 2 + 2 / LOG2_OF_3 + 0.5;

        assertThat(number("published ann", "ndcg_all_buyers")).isCloseTo((1 + 1 / LOG2_OF_3) / ideal, within(1e-12));
        assertThat(number("popularity ann", "ndcg_all_buyers")).isCloseTo((2 + 1 / LOG2_OF_3) / ideal, within(1e-12));
        assertThat(number("published guide", "ndcg_all_buyers")).isZero();
        assertThat(score("published idle").<Double>getAs("ndcg_all_buyers")).isNull();
    }

    @Test
    void aKocWithoutAListScoresZeroAndAKocWithoutBuyersIsNotScored() {
        assertThat(number("published guide", "ndcg_first_purchases")).isZero();
        assertThat(score("published guide").<Boolean>getAs("is_hit")).isFalse();
        assertThat(score("published idle").<Double>getAs("ndcg_first_purchases"))
                .isNull();
        assertThat(score("published idle").<Boolean>getAs("is_hit")).isNull();
    }

    @Test
    void staffIsEvaluatedWithAnyPoolAndUsersFromMinPoolMembersOn() {
        assertThat(scores.keySet())
                .containsExactlyInAnyOrder(
                        "published ann",
                        "published guide",
                        "published idle",
                        "popularity ann",
                        "popularity guide",
                        "popularity idle");
    }

    @Test
    void forecastsAreSummedOverAllListsAlsoOfPoolsWithoutBuyers() {
        assertThat(number("published ann", "expected_buyers")).isCloseTo(0.875, within(1e-12));
        assertThat(score("published ann").<Long>getAs("observed_buyers")).isEqualTo(2);
        assertThat(number("published idle", "expected_buyers")).isCloseTo(2, within(1e-12));
        assertThat(score("popularity ann").<Double>getAs("expected_buyers")).isNull();
    }

    @Test
    void everyKocHasTheSlicesItBelongsTo() {
        Row ann = score("published ann");
        Row guide = score("published guide");

        assertThat(ann.<String>getAs("portrait")).isEqualTo("students");
        assertThat(ann.<String>getAs("level")).isEqualTo("gold");
        assertThat(ann.<String>getAs("pool_band")).isEqualTo("4+");
        assertThat(guide.<String>getAs("portrait")).isEqualTo("(none)");
        assertThat(guide.<String>getAs("level")).isEqualTo("(none)");
        assertThat(guide.<String>getAs("pool_band")).isEqualTo("1-1");
    }

    @Test
    void decilesGoFromSmallToLargeForecasts() {
        Map<String, Row> deciles =
                byName(Calibration.computeDeciles(lists, WINDOW.lastDay(), .25), "recommender", "decile");

        assertThat(deciles.keySet()).containsExactly("published 1", "published 2", "published 3", "published 4");
        assertThat(of(deciles, "published 1").<Double>getAs("expected_buyers")).isEqualTo(0.125);
        assertThat(of(deciles, "published 1").<Double>getAs("calibration")).isNull();
        assertThat(of(deciles, "published 3").<Double>getAs("calibration")).isEqualTo(0.5);
        assertThat(of(deciles, "published 3").<Double>getAs("calibration_error"))
                .isEqualTo(0.5);
        assertThat(of(deciles, "published 3").<Boolean>getAs("is_calibrated")).isFalse();
        assertThat(of(deciles, "published 4").<Double>getAs("max_expected")).isEqualTo(2);
    }

    private static long count(String kocAndProduct, String column) {
        return of(buyers, kocAndProduct).<Long>getAs(column);
    }

    private static double number(String recommenderAndKoc, String column) {
        return score(recommenderAndKoc).<Double>getAs(column);
    }

    private static Row score(String recommenderAndKoc) {
        return of(scores, recommenderAndKoc);
    }

    private static Row of(Map<String, Row> rows, String name) {
        return Objects.requireNonNull(rows.get(name), name);
    }

    private static Map<String, Row> byName(Dataset<Row> rows, String first, String second) {
        Map<String, Row> byName = new TreeMap<>();
        rows.collectAsList().forEach(row -> byName.put(row.getAs(first) + " " + row.getAs(second), row));
        return byName;
    }
}
