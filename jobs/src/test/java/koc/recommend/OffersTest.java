package koc.recommend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import koc.SparkTest;
import koc.recommend.PortraitOrder.Portrait;
import koc.table.FitTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class OffersTest extends SparkTest {
    private static final PortraitOrder ORDER =
            new PortraitOrder(List.of(new Portrait("m", "Mothers", 600), new Portrait("s", "Students", 400)));
    private static final RecommendSettings SETTINGS = RecommendSettings.from(config());

    @Test
    void whatFailsTheGateOrIsOutOfStockIsNotOffered() {
        Dataset<Row> offers =
                Offers.of(rows(FitTables.PRODUCT_PROFILE, """
                product_id | is_in_stock | quality_gate  | daily_buy_rate | buyers | generality_low | is_consumable
                good       | true        | pass          | 0.001          | 10     | 0.5            | false
                bad        | true        | bad reviews   | 0.001          | 20     | 0.5            | false
                gone       | false       | pass          | 0.001          | 30     | 0.5            | false
                """), fits("good", "bad", "gone"), ORDER, SETTINGS);

        assertThat(ids(offers)).containsExactly("good");
    }

    @Test
    void ratesOfAllHistoryAreBroughtToTheHorizonByOneScale() {
        Dataset<Row> rates = Offers.horizonRates(
                rows(FitTables.PRODUCT_PROFILE, """
                product_id | daily_buy_rate
                p          | 0.003
                q          | 0.001
                """), rows(FitTables.PRODUCT_SEGMENT_FIT, """
                product_id | portrait_id | users | history_buyers | buy_rate | fit
                p          | m           | 600   | 150            | 0.25     | 0.7
                p          | s           | 400   | 40             | 0.1      | 0.4
                q          | m           | 600   | 60             | 0.1      | 0.5
                """), ORDER, SETTINGS);

        // 1,000 users x .004 a day x 28 days = 112 new buyers; .25 x 450 + .1 x 360 + .1 x 540 = 202.5 at the rates.
        double scale = 112 / 202.5;
        Row p = rates.where("product_id = 'p'").head();
        assertThat(p.<Double>getList(1))
                .usingElementComparator(OffersTest::nearly)
                .containsExactly(.25 * scale, .1 * scale, (.6 * .25 + .4 * .1) * scale);
        assertThat(p.<Double>getList(3)).containsExactly(0.7, 0.4, 0.5);
        // What fit says nothing of is bought at the rate of everybody else.
        Row q = rates.where("product_id = 'q'").head();
        assertThat(q.<Double>getList(1))
                .usingElementComparator(OffersTest::nearly)
                .containsExactly(.1 * scale, .1 * scale, .1 * scale);
    }

    @Test
    void noChanceIsAboveOne() {
        Dataset<Row> rates = Offers.horizonRates(
                rows(FitTables.PRODUCT_PROFILE, "product_id | daily_buy_rate\np | 0.5"),
                rows(FitTables.PRODUCT_SEGMENT_FIT, """
                product_id | portrait_id | users | history_buyers | buy_rate | fit
                p          | m           | 600   | 0              | 0.1      | 0.5
                """),
                ORDER,
                SETTINGS);

        assertThat(rates.head().<Double>getList(1)).containsExactly(1.0, 1.0, 1.0);
    }

    @Test
    void marginAndTrustCountAgainstTheUsualAndMissingEvidenceIsNotBad() {
        Dataset<Row> offers = Offers.of(
                rows(FitTables.PRODUCT_PROFILE, """
                product_id | is_in_stock | quality_gate | daily_buy_rate | buyers | generality_low | unit_margin | trust | trust_value
                cheap      | true        | pass         | 0.001          | 9      | 0.5            | 0           | 0.8   | 0.8
                dear       | true        | pass         | 0.001          | 8      | 0.7            | 32          | 0.05  | 0.05
                unknown    | true        | pass         | 0.001          | 7      | 0.5            |             | 0.5   |
                usual      | true        | pass         | 0.001          | 6      | 0.5            | 2           | 0.8   | 0.8
                """), fits("cheap", "dear", "unknown", "usual"), ORDER, SETTINGS);

        assertThat(offers.orderBy("product_number")
                        .select("product_id", "margin_factor", "trust_factor")
                        .collectAsList())
                .extracting(Row::toString)
                .containsExactly("[cheap,0.25,1.0]", "[dear,2.0,0.5]", "[unknown,1.0,1.0]", "[usual,1.0,1.0]");
        assertThat(offers.where("product_id = 'dear'")
                        .select("generality_edge")
                        .head()
                        .getDouble(0))
                .isCloseTo(0.2, within(1e-9));
    }

    @Test
    void theHeadsOfAllListsAreOfferedTheirTailsAreNot() {
        RecommendSettings settings = RecommendSettings.from(config("koc.recommend.candidates-per-portrait=1"));

        Dataset<Row> offers = Offers.of(
                rows(FitTables.PRODUCT_PROFILE, """
                product_id | is_in_stock | quality_gate | daily_buy_rate | buyers | generality_low
                diapers    | true        | pass         | 0.001          | 9      | 0.5
                bottles    | true        | pass         | 0.001          | 9      | 0.5
                notebooks  | true        | pass         | 0.001          | 9      | 0.5
                """), rows(FitTables.PRODUCT_SEGMENT_FIT, """
                product_id | portrait_id | users | history_buyers | buy_rate | fit
                diapers    | m           | 600   | 9              | 0.5      | 0.5
                diapers    | s           | 400   | 9              | 0.1      | 0.5
                bottles    | m           | 600   | 9              | 0.4      | 0.5
                bottles    | s           | 400   | 9              | 0.1      | 0.5
                notebooks  | m           | 600   | 9              | 0.1      | 0.5
                notebooks  | s           | 400   | 9              | 0.5      | 0.5
                """), ORDER, settings);

        assertThat(ids(offers)).containsExactly("diapers", "notebooks");
    }

    private static Dataset<Row> fits(String... products) {
        StringBuilder text = new StringBuilder("product_id | portrait_id | users | history_buyers | buy_rate | fit\n");
        for (String product : products) {
            text.append(product).append(" | m | 600 | 10 | 0.1 | 0.5\n");
            text.append(product).append(" | s | 400 | 10 | 0.1 | 0.5\n");
        }
        return rows(FitTables.PRODUCT_SEGMENT_FIT, text.toString());
    }

    private static int nearly(Double a, Double b) {
        return Math.abs(a - b) < 1e-9 ? 0 : Double.compare(a, b);
    }

    private static List<String> ids(Dataset<Row> offers) {
        return offers.orderBy("product_id").collectAsList().stream()
                .map(row -> row.<String>getAs("product_id"))
                .toList();
    }
}
