package koc.kocs.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import koc.kocs.Columns;
import koc.kocs.KocInputRows;
import koc.kocs.KocInputs;
import koc.kocs.KocSettings;
import koc.kocs.score.FrequencyCaps;
import koc.spark.Checkpoints;
import koc.tables.FeatureTables;
import koc.tables.InfluenceTables;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KocFeaturesTest extends KocInputRows {
    private static final LocalDate DAY = LocalDate.parse("2024-06-30");

    @Test
    void theEvidenceOfEverySourceIsJoinedToTheCandidate(@TempDir Path folder) {
        Warehouse warehouse = openWarehouse(folder);
        writeInputs(
                warehouse,
                DAY,
                Map.of(
                        InfluenceTables.TIE_STRENGTHS, """
                                koc_id | user_id | is_strong
                                guide  | a       | true
                                """,
                        InfluenceTables.KOC_INFLUENCE, """
                                koc_id | portrait_id | expected_purchases | expected_purchases_90d | influence_lift | influence_low | influence_high
                                guide  | *           | 7                  | 4                      | 2.5            | 1.5           | 3.5
                                guide  | 7           | 1                  | 1                      | 9              | 8             | 10
                                """,
                        InfluenceTables.KOC_FLAGS, """
                                koc_id | flag  | evidence | severity
                                guide  | spam  | few      | 0.2
                                guide  | ring  | many     | 0.8
                                """,
                        FeatureTables.USER_FEATURES, """
                                user_id | role  | shares_90d
                                guide   | guide | 3
                                """));

        try (Checkpoints checkpoints = new Checkpoints()) {
            KocInputs inputs = new KocInputs(warehouse, DAY, 2, checkpoints);
            KocSettings settings = KocSettings.from(DEFAULTS);
            KocFeatures features =
                    KocFeatures.gather(inputs, KocFeatures.selectCandidates(inputs, settings), settings, checkpoints);
            List<Row> rows = features.rows().collectAsList();

            assertThat(features.frequencyCaps()).isEqualTo(FrequencyCaps.NOT_LEARNED);
            assertThat(Columns.of(features.rows())).isEqualTo(Columns.of(KocFeatures.FEATURES));
            assertThat(rows).hasSize(1);
            Row guide = rows.get(0);
            assertThat(guide.<Long>getAs("pool_size")).isEqualTo(1);
            assertThat(guide.<Double>getAs("influence_lift")).isEqualTo(2.5);
            assertThat(guide.<Double>getAs("extra_buyers_90d")).isEqualTo(6);
            assertThat(guide.<Long>getAs("inquiries_90d")).isZero();
            assertThat(guide.getAs("net_sales_90d").toString()).isEqualTo("0.00");
            assertThat(guide.getList(guide.fieldIndex("flags")).toString())
                    .isEqualTo("[[0.8,ring,many], [0.2,spam,few]]");
            assertThat(guide.isNullAt(guide.fieldIndex("nickname"))).isTrue();
        }
    }
}
