package koc.recommend.products;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import koc.SparkTest;
import koc.recommend.PortraitIndex;
import koc.recommend.PortraitIndex.Portrait;
import koc.recommend.RecommendSettings;
import koc.rules.Absent;
import koc.tables.FitTables;
import koc.tables.PortraitTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class OffersTest extends SparkTest {
    private static final PortraitIndex PORTRAITS =
            new PortraitIndex(List.of(new Portrait("m", "Mothers", 600), new Portrait("s", "Students", 400)));
    private static final RecommendSettings SETTINGS =
            RecommendSettings.from(config("koc.recommend.weight.margin=0.25"));

    @Test
    void productsThatFailTheGateOrAreOutOfStockForbiddenOrUnlaunchedAreNoOffers() {
        Dataset<Row> offers = offers("""
                product_id | is_in_stock | quality_gate | buyers | generality_low | is_consumable | launched_on
                good       | true        | pass         | 10     | 0.5            | false         | 2024-01-31
                bad        | true        | bad reviews  | 20     | 0.5            | false         |
                gone       | false       | pass         | 30     | 0.5            | false         |
                forbidden  | true        | pass         | 40     | 0.5            | false         |
                to_come    | true        | pass         | 50     | 0.5            | false         | 2024-02-01
                """, SETTINGS);

        assertThat(ids(offers)).containsExactly("good");
    }

    @Test
    void marginAndTrustFactorsCompareWithTheMedianAndAreOneWithoutEvidence() {
        Dataset<Row> offers = offers("""
                product_id | is_in_stock | quality_gate | daily_buy_rate | buyers | generality_low | unit_margin | trust | trust_purchases
                cheap      | true        | pass         | 0.001          | 9      | 0.5            | 0           | 0.8   | 0.8
                dear       | true        | pass         | 0.001          | 8      | 0.7            | 32          | 0.05  | 0.05
                unknown    | true        | pass         | 0.001          | 7      | 0.5            |             | 0.5   |
                usual      | true        | pass         | 0.001          | 6      | 0.5            | 2           | 0.8   | 0.8
                """, SETTINGS);

        assertThat(offers.orderBy("product_number")
                        .select("product_id", "margin_factor", "trust_factor")
                        .collectAsList())
                .extracting(Row::toString)
                .containsExactly("[cheap,0.25,1.0]", "[dear,2.0,0.5]", "[unknown,1.0,1.0]", "[usual,1.0,1.0]");
        assertThat(offers.where("product_id = 'dear'")
                        .select("generality_difference")
                        .head()
                        .getDouble(0))
                .isCloseTo(0.2, within(1e-9));
    }

    @Test
    void theFirstProductsOfEachPortraitAreCandidatesAndTheRestIsLongTail() {
        RecommendSettings settings = RecommendSettings.from(config(
                "koc.recommend.offers-per-portrait=1",
                "koc.recommend.item-model.head=1",
                "koc.recommend.item-model.long-tail.neighbours=30"));

        Dataset<Row> offers = offers(
                """
                product_id | is_in_stock | quality_gate | buyers | generality_low
                general    | true        | pass         | 19     | 0.5
                diapers    | true        | pass         | 9      | 0.5
                bottles    | true        | pass         | 8      | 0.5
                notebooks  | true        | pass         | 7      | 0.5
                """,
                settings,
                "array(0.3D, 0.3D, 0.3D)",
                "array(0.5D, 0.1D, 0.1D)",
                "array(0.4D, 0.1D, 0.1D)",
                "array(0.1D, 0.5D, 0.4D)");

        assertThat(ids(offers.where("is_core_offer"))).containsExactly("diapers", "general", "notebooks");
        assertThat(ids(offers.where("NOT is_core_offer"))).containsExactly("bottles");
    }

    @Test
    void fitIsAverageForPortraitsThatWereNotCompared() {
        Dataset<Row> offers = new Offers(PORTRAITS, SETTINGS)
                .select(
                        products(
                                "product_id | is_in_stock | quality_gate | buyers | generality_low\np | true | pass | 9 | 0.5"),
                        rates("array(0.1D, 0.1D, 0.1D)"),
                        rows(FitTables.PRODUCT_PORTRAIT_FIT, "product_id | portrait_id | fit\np | m | 0.7"));

        assertThat(offers.head().<Double>getList(offers.head().fieldIndex("fits")))
                .containsExactly(0.7, 0.5, 0.5);
    }

    @Test
    void aGroupOfProductsStandsInForAnAbsentCategory() {
        Dataset<Row> numbered = products("""
                product_id | category    | buyers
                rice       | food > rice | 9
                grouped    |             | 8
                alone      |             | 7
                """);

        assertThat(numbered.orderBy("product_number").select("path").collectAsList())
                .extracting(row -> row.getString(0))
                .containsExactly("food > rice", "Tea, Cake", Absent.NONE);
    }

    /** The candidates of these profiles; rates in the order of their buyers, or the same for all. */
    private static Dataset<Row> offers(String profiles, RecommendSettings settings, String... rates) {
        String[] all = rates.length > 0
                ? rates
                : profiles.lines()
                        .skip(1)
                        .map(line -> "array(0.1D, 0.1D, 0.1D)")
                        .toArray(String[]::new);
        return new Offers(PORTRAITS, settings)
                .select(
                        products(profiles),
                        rates(all),
                        rows(FitTables.PRODUCT_PORTRAIT_FIT, "product_id | portrait_id | fit\nnone | m | 0.5"));
    }

    private static Dataset<Row> products(String profiles) {
        Dataset<Row> numbered = Offers.withNumbers(
                rows(FitTables.PRODUCT_PROFILE, profiles),
                rows(PortraitTables.PRODUCT_GROUPS, "product_id | name\ngrouped | Tea, Cake"),
                2);
        return Launches.withAge(
                Offers.withAllowed(numbered, numbered.where("product_id <> 'forbidden'")),
                day("2024-01-01"),
                day("2024-01-31"),
                SETTINGS.newProducts());
    }

    private static Dataset<Row> rates(String... rates) {
        StringBuilder values = new StringBuilder();
        for (int i = 0; i < rates.length; i++) {
            values.append(i == 0 ? "" : ", ").append("(" + (i + 1) + ", 0.1D, " + rates[i] + ")");
        }
        return SPARK.sql("SELECT * FROM VALUES " + values + " AS t(product_number, population_rate, rates)");
    }

    private static List<String> ids(Dataset<Row> offers) {
        return offers.orderBy("product_id").collectAsList().stream()
                .map(row -> row.<String>getAs("product_id"))
                .toList();
    }
}
