package koc.recommend.rank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import koc.SparkTest;
import koc.recommend.PortraitIndex;
import koc.recommend.PortraitIndex.Portrait;
import koc.recommend.RecommendSettings;
import koc.tables.InfluenceTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class SharingEffectTest extends SparkTest {
    private static final PortraitIndex PORTRAITS =
            new PortraitIndex(List.of(new Portrait("m", "Mothers", 30), new Portrait("s", "Students", 10)));

    @Test
    void oneShareRaisesTheBuyersOfSevenDaysByTheLift() {
        Dataset<Row> described = SPARK.sql(
                        "SELECT * FROM VALUES ('guide', 6D), ('unknown', 6D)" + " AS t(koc_id, expected_buyers)")
                .selectExpr("*", "2D AS from_influence", "array(4.5D, 1.5D, 0D) AS buyers_by_portrait");
        Dataset<Row> influence = rows(InfluenceTables.KOC_INFLUENCE, """
                koc_id | portrait_id | influence_lift | influence_low | influence_high
                guide  | m           | 2              | 1.2           | 3
                guide  | s           | 1              | 0.8           | 1.4
                """);

        List<Row> rows = new SharingEffect(PORTRAITS, RecommendSettings.from(config()))
                .addTo(described, influence)
                .orderBy("koc_id")
                .collectAsList();

        // Two of six buyers come from influence, so 3 mothers and 1 student are left, for 7 of 28 days.
        Row guide = rows.get(0);
        assertThat(guide.<Integer>getAs("extra_days")).isEqualTo(7);
        assertThat(guide.<Double>getAs("extra_buyers_if_shared")).isCloseTo(0.25 * 3, within(1e-9));
        assertThat(guide.<Double>getAs("extra_buyers_if_shared_low")).isCloseTo(0.25 * (3 * 0.2 - 0.2), within(1e-9));
        assertThat(guide.<Double>getAs("extra_buyers_if_shared_high")).isCloseTo(0.25 * (3 * 2 + 0.4), within(1e-9));
        assertThat(rows.get(1).<Double>getAs("extra_buyers_if_shared")).isNull();
        assertThat(rows.get(1).schema().fieldNames()).doesNotContain("sharing_influence_lift");
    }
}
