package koc.recommend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import koc.SparkTest;
import koc.recommend.PortraitOrder.Portrait;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;

class RankingTest extends SparkTest {
    private static final PortraitOrder ORDER =
            new PortraitOrder(List.of(new Portrait("m", "Mothers", 30), new Portrait("s", "Students", 10)));
    private static final RecommendSettings SETTINGS =
            RecommendSettings.from(config("koc.recommend.appetite-shrinkage=1000000"));

    @Test
    void expectedBuyersAreThePoolsMembersLessItsOwners() {
        Dataset<Row> kocs = kocs("1, 50, array(30L, 20L, 0L), 1.0, 0.0");
        Dataset<Row> offers = offers("1, 'p', array(0.02, 0.005, 0.01), 0.0");

        Row first = rank(kocs, offers, "1, 1, array(5L, 0L, 0L)").get(0);

        assertThat(first.<Double>getAs("expected_buyers")).isCloseTo(0.6, within(1e-5));
        assertThat(first.<Long>getAs("owners")).isEqualTo(5);
        assertThat(first.<Double>getAs("score")).isCloseTo(0.6, within(1e-5));
    }

    @Test
    void aPoolThatBoughtMoreThanItsPortraitsWouldWillBuyMore() {
        // 30 x .2 + 20 x .05 = 7 would have it, 10 do: (10 + 10) / (7 + 10) times 20 x .02 + 20 x .005.
        Row first = rank(
                        RecommendSettings.from(config()),
                        kocs("1, 50, array(30L, 20L, 0L), 1.0, 0.0"),
                        offers("1, 'p', array(0.02, 0.005, 0.01), 0.0"),
                        "1, 1, array(10L, 0L, 0L)")
                .get(0);

        assertThat(first.<Double>getAs("appetite")).isCloseTo(20 / 17.0, within(1e-5));
        assertThat(first.<Double>getAs("expected_buyers")).isCloseTo(0.5 * 20 / 17, within(1e-5));
    }

    @Test
    void inAThinPoolEveryMemberBuysPartlyLikeTheStandIn() {
        // Half own: 10 mothers with P = .02; half stand-in, 3 mothers to 1 student: P = .75 x .02 + .25 x .004 = .016.
        Row first = rank(
                        kocs("1, 10, array(10L, 0L, 0L), 0.5, 0.0"),
                        offers("1, 'p', array(0.02, 0.004, 0.01), 0.0"),
                        "1, 1, array(2L, 0L, 0L)")
                .get(0);

        assertThat(first.<Double>getAs("expected_buyers")).isCloseTo(8 * (.5 * .02 + .5 * .016), within(1e-5));
    }

    @Test
    void whatEverybodyInThePoolHasIsNotRecommended() {
        List<Row> ranked = rank(
                kocs("1, 2, array(2L, 0L, 0L), 1.0, 0.0"),
                offers("1, 'p', array(0.02, 0.005, 0.01), 0.0"),
                "1, 1, array(2L, 0L, 0L)");

        assertThat(ranked).isEmpty();
    }

    @Test
    void generalProductsGainInAMixedPoolAndSpecialOnesLoseNothingInAPoolOfOneKind() {
        Dataset<Row> offers =
                offers("1, 'special', array(0.02, 0.02, 0.02), -0.2", "2, 'general', array(0.02, 0.02, 0.02), 0.2");

        assertThat(products(rank(kocs("1, 10, array(5L, 5L, 0L), 1.0, 1.0"), offers)))
                .containsExactly("general", "special");
        assertThat(products(rank(kocs("1, 10, array(10L, 0L, 0L), 1.0, 0.0"), offers)))
                .containsExactly("special", "general");
    }

    @Test
    void tiesGoToTheProductThatIsBoughtMoreThenToTheSmallerId() {
        Dataset<Row> offers = offers(
                "2, 'a', array(0.02, 0.02, 0.02), 0.0",
                "1, 'z', array(0.02, 0.02, 0.02), 0.0",
                "3, 'b', array(0.02, 0.02, 0.02), 0.0");

        assertThat(products(rank(kocs("1, 10, array(5L, 5L, 0L), 1.0, 1.0"), offers)))
                .containsExactly("z", "a", "b");
    }

    @Test
    void theShortlistIsOfTheHeadOfEachPoolsOwnList() {
        Dataset<Row> kocs = kocs("1, 10, array(10L, 0L, 0L), 1.0, 0.0", "2, 10, array(0L, 10L, 0L), 1.0, 0.0");
        Dataset<Row> offers = offers(
                "1, 'diapers', array(0.05, 0.01, 0.03), 0.0",
                "2, 'notebook', array(0.01, 0.05, 0.03), 0.0",
                "3, 'nothing', array(0.001, 0.001, 0.001), 0.0");

        assertThat(Ranking.shortlist(kocs, offers, ORDER, SETTINGS, 1)
                        .orderBy("koc_number")
                        .collectAsList())
                .extracting(Row::toString)
                .containsExactly("[1,1]", "[2,2]");
    }

    private static List<Row> rank(Dataset<Row> kocs, Dataset<Row> offers, String... owners) {
        return rank(SETTINGS, kocs, offers, owners);
    }

    private static List<Row> rank(
            RecommendSettings settings, Dataset<Row> kocs, Dataset<Row> offers, String... owners) {
        Dataset<Row> shortlist = Ranking.shortlist(kocs, offers, ORDER, SETTINGS, 100);
        Dataset<Row> owned = table(
                        "koc_number, product_number, owners_by_place",
                        owners.length == 0 ? new String[] {"0, 0, array(0L, 0L, 0L)"} : owners)
                .selectExpr("*", "aggregate(owners_by_place, 0L, (sum, count) -> sum + count) AS owners")
                .withColumn("holders", functions.col("owners"));
        return Ranking.rank(kocs, offers, shortlist, owned, ORDER, settings)
                .orderBy("koc_number", "rank")
                .collectAsList();
    }

    private static List<String> products(List<Row> ranked) {
        return ranked.stream().map(row -> row.<String>getAs("product_id")).toList();
    }

    private static Dataset<Row> kocs(String... values) {
        return table("koc_number, pool_size, members, own_weight, heterogeneity", values)
                .selectExpr(
                        "koc_number",
                        "CAST(pool_size AS BIGINT) AS pool_size",
                        "members",
                        "CAST(own_weight AS DOUBLE) AS own_weight",
                        "CAST(heterogeneity AS DOUBLE) AS heterogeneity",
                        "array(0.75D, 0.25D, 0D) AS stand_in",
                        "transform(members, (m, i) -> own_weight * m / pool_size"
                                + " + (1 - own_weight) * array(0.75D, 0.25D, 0D)[i]) AS mix");
    }

    private static Dataset<Row> offers(String... values) {
        return table("product_number, product_id, rates, generality_edge", values)
                .selectExpr(
                        "product_number",
                        "product_id",
                        "CAST(rates AS ARRAY<DOUBLE>) AS rates",
                        "transform(rates, rate -> CAST(10 * rate AS DOUBLE)) AS shares",
                        "CAST(generality_edge AS DOUBLE) AS generality_edge",
                        "array(0.5D, 0.5D, 0.5D) AS fits",
                        "1D AS margin_factor",
                        "1D AS trust_factor");
    }

    private static Dataset<Row> table(String columns, String... values) {
        return SPARK.sql("SELECT * FROM VALUES (" + String.join("), (", values) + ") AS t(" + columns + ")");
    }
}
