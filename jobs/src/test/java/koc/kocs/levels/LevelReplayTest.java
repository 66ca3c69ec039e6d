package koc.kocs.levels;

import static org.assertj.core.api.Assertions.assertThat;

import koc.SparkTest;
import koc.tables.KocTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class LevelReplayTest extends SparkTest {
    private static final LevelReplay REPLAY = new LevelReplay(
            DEFAULTS,
            config(
                    "koc.kocs.levels.version=stricter",
                    "koc.kocs.levels.bronze.new-customers=2",
                    "koc.kocs.levels.silver.net-sales=1500",
                    "koc.kocs.levels.silver.courses=0"));

    @Test
    void onlyKocsWhoseLevelDiffersAreListedWithTheReason() {
        Dataset<Row> ranking = rows(KocTables.KOC_RANKING, """
                koc_id       | koc_type | pool_size | own_orders_365d | tenure_days | courses_365d | net_sales_90d | new_customers_90d | active_days_90d | level
                rising       | user     | 10        | 1               | 0           | 0            | 1500          | 2                 | 15              | bronze
                falling      | user     | 10        | 1               | 0           | 0            | 900           | 1                 | 15              | bronze
                external     | external | 10        | 2               | 30          | 0            | 900           | 1                 | 15              | bronze
                unchanged    | user     | 10        | 1               | 0           | 0            | 1499          | 2                 | 15              | bronze
                failsTwice   | user     | 10        | 1               | 0           | 0            | 0             | 0                 | 15              | silver
                """);

        assertThat(REPLAY.compare(ranking).orderBy("koc_id").collectAsList())
                .extracting(row -> row.getAs("koc_id") + " " + row.getAs("direction") + " " + row.getAs("under_current")
                        + " -> " + row.getAs("under_proposed") + " " + row.getAs("steps") + ": " + row.getAs("why"))
                .containsExactly(
                        "external fall bronze -> revoked 3: 1 of 2 new customers",
                        "falling fall bronze -> trainee 1: 1 of 2 new customers",
                        "rising rise bronze -> silver 1: 1,500.00 of 1,500.00 net sales, 2 of 2 new customers, 15"
                                + " of 15 active days");
    }

    @Test
    void anEmptyRankingHasNoChanges() {
        assertThat(REPLAY.compare(rows(KocTables.KOC_RANKING, "koc_id\n")).isEmpty())
                .isTrue();
    }

    @Test
    void bothVersionsAreNamed() {
        assertThat(REPLAY.currentVersion()).isEqualTo("2024-1");
        assertThat(REPLAY.proposedVersion()).isEqualTo("stricter");
    }
}
