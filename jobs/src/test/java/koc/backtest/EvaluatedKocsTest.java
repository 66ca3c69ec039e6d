package koc.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import koc.SparkTest;
import koc.tables.CleanTables;
import koc.tables.KocTables;
import koc.tables.RecommendTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class EvaluatedKocsTest extends SparkTest {
    @Test
    void selectsKocsThatAreNotRevoked() {
        Dataset<Row> selected = EvaluatedKocs.select(
                rows(CleanTables.TIES, """
                koc_id   | user_id
                guide    | a
                small    | a
                large    | a
                large    | b
                external | a
                stranger | a
                stranger | b
                revoked  | a
                revoked  | b
                """).select("koc_id", "user_id"),
                rows(CleanTables.USERS, """
                user_id  | role
                guide    | guide
                small    | consumer
                large    | consumer
                external | external
                revoked  | external
                """),
                rows(KocTables.KOC_RANKING, """
                koc_id  | level
                guide   | gold
                large   | recruit
                revoked | revoked
                """),
                rows(RecommendTables.KOC_POOL_MIX, """
                koc_id | portrait_id | portrait_name | members
                guide  | p1          | parents       | 1
                """),
                BacktestSettings.from(config("koc.recommend.min-pool=2")));

        assertThat(selected.orderBy("koc_id")
                        .select("koc_id", "pool_size", "portrait", "level")
                        .collectAsList())
                .extracting(Row::toString)
                .containsExactly("[guide,1,parents,gold]", "[large,2,(none),recruit]", "[stranger,2,(none),(none)]");
    }
}
