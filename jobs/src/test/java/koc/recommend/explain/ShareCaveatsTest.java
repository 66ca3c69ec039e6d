package koc.recommend.explain;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.List;
import koc.SparkTest;
import koc.recommend.RecommendSettings;
import koc.recommend.TargetEvent;
import koc.tables.FeatureTables;
import koc.tables.FitTables;
import koc.tables.KocTables;
import koc.tables.RecommendTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class ShareCaveatsTest extends SparkTest {
    private static final LocalDate DAY = LocalDate.parse("2024-06-30");

    @Test
    void theCommissionOnOneUnitIsTheRateOfItsMarginWithoutTheBestSellersFactor() {
        Dataset<Row> products = rows(FitTables.PRODUCT_PROFILE, """
                product_id | price | unit_margin
                high       | 200   | 120
                middle     | 100   | 34
                floor      | 100   | 12
                unknown    |       |
                uncosted   | 100   |
                """);

        assertThat(ShareCaveats.unitCommissions(products, DAY, RecommendSettings.from(config()))
                        .orderBy("product_id")
                        .collectAsList())
                .extracting(row -> row.getAs("product_id") + " " + row.getAs("unit_commission"))
                .containsExactly("floor 2.00", "high 24.00", "middle 8.00", "uncosted null", "unknown null");
    }

    @Test
    void whatUsuallySellsIsCountedOverNinetyDaysOrTheShorterHistory() {
        Dataset<Row> days = rows(FeatureTables.USER_PRODUCT_DAYS, """
                arrival    | day        | user_id | product_id | units | refunded_units
                2024-06-30 | 2024-06-30 | a       | tea        | 2     | 0
                2024-06-29 | 2024-06-29 | b       | tea        | 1     | 0
                2024-06-30 | 2024-06-29 | b       | tea        | 1     | 0
                2024-06-29 | 2024-06-29 | c       | tea        | 1     | 0
                2024-06-30 | 2024-06-29 | c       | tea        | 0     | 1
                2024-04-02 | 2024-04-02 | d       | tea        | 1     | 0
                2024-04-01 | 2024-04-01 | e       | tea        | 1     | 0
                """);

        // a, b and d: two arrivals of a day are one buyer, and c gave it back.
        assertThat(daily(days, "2024-01-01", "")).isCloseTo(3 / 90.0, within(1e-12));
        assertThat(daily(days, "2024-06-21", "")).isCloseTo(3 / 10.0, within(1e-12));
        assertThat(daily(days, "2024-01-01", "2024-06-11")).isCloseTo(3 / 20.0, within(1e-12));
    }

    @Test
    void theChanceThatNobodyBuysIsThatOfAllExpectedBuyersInTheDaysAfterTheShare() {
        List<Row> found = rows(RecommendTables.KOC_RECOMMENDATIONS, """
                rank | expected_buyers | from_influence | extra_days | extra_buyers_if_shared
                1    | 1.6             | 0.4            | 7          | 1.1
                2    | 1.6             | 0.4            | 7          |
                3    | 0.4             | 0.4            | 7          | -0.2
                """)
                .select(col("rank"), ShareCaveats.noBuyerChance(28).as("chance"))
                .orderBy("rank")
                .collectAsList();

        assertThat(found.get(0).<Double>getAs("chance")).isCloseTo(Math.exp(-1.4), within(1e-12));
        assertThat(found.get(1).<Double>getAs("chance")).isNull();
        assertThat(found.get(2).<Double>getAs("chance")).isEqualTo(1);
    }

    @Test
    void aPromiseIsAboveTheRecordFromTwiceWhatAPostUsuallyAdded() {
        List<Row> found = rows(RecommendTables.KOC_RECOMMENDATIONS, """
                rank | extra_buyers_if_shared | usual_extra_buyers
                1    | 0.8                    | 0.4
                2    | 0.9                    | 0.4
                3    | 0.1                    | -0.4
                4    | 0.9                    |
                5    |                        | 0.4
                """)
                .select(col("rank"), ShareCaveats.isAboveRecord().as("is_above"))
                .orderBy("rank")
                .collectAsList();

        assertThat(found)
                .extracting(row -> row.<Boolean>getAs("is_above"))
                .containsExactly(false, true, true, null, null);
    }

    @Test
    void whatAPostUsuallyAddedNeedsAPost() {
        assertThat(rows(KocTables.KOC_RANKING, """
                koc_id | extra_buyers_90d | product_shares_90d
                a      | 5                | 20
                b      | 5                | 0
                c      |                  | 20
                """)
                        .select(col("koc_id"), ShareCaveats.extraBuyersPerPost().as("usual"))
                        .orderBy("koc_id")
                        .collectAsList())
                .extracting(Row::toString)
                .containsExactly("[a,0.25]", "[b,null]", "[c,null]");
    }

    private double daily(Dataset<Row> days, String historyFrom, String launchedOn) {
        Dataset<Row> products = rows(FitTables.PRODUCT_PROFILE, """
                product_id | launched_on
                tea        | %s
                """.formatted(launchedOn));
        return ShareCaveats.dailyBuyers(days, TargetEvent.PURCHASE, products, LocalDate.parse(historyFrom), DAY)
                .head()
                .getAs("daily_buyers");
    }
}
