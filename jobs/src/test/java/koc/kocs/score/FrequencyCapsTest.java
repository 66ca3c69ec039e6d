package koc.kocs.score;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import koc.SparkTest;
import koc.kocs.features.KocCandidates;
import koc.kocs.features.SharingActivity;
import koc.tables.CleanTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class FrequencyCapsTest extends SparkTest {
    @Test
    void aRowHasTheCapOfItsTypeAndNoneIsExceededWithoutALimit() {
        FrequencyCaps caps =
                new FrequencyCaps(Map.of("user", new FrequencyCap(3, 2.5), "guide", FrequencyCap.NO_LIMIT));

        assertThat(SPARK.sql("SELECT * FROM VALUES ('user'), ('guide'), ('external') AS kocs(koc_type)")
                        .select(caps.postsPerDay(), caps.lossRatio(), caps.isExceededBy(lit(12L)))
                        .collectAsList())
                .extracting(Row::toString)
                .containsExactly("[3,2.5,true]", "[10,null,false]", "[null,null,false]");
    }

    @Test
    void aLossCountsAgainstThePostsOfTheDaysBeforeIt() {
        Dataset<Row> events = rows(CleanTables.EVENTS, """
                day        | user_id | event_type | sharer_id
                2024-06-10 | koc     | share      |
                2024-06-20 | koc     | share      |
                2024-06-20 | koc     | share      |
                2024-06-22 | a       | mute       | koc
                2024-06-23 | b       | leave      | koc
                """);
        Dataset<Row> candidates = rows(KocCandidates.CANDIDATES, """
                koc_id | koc_type | pool_size
                koc    | user     | 50
                """);

        Dataset<Row> losses =
                FrequencyCaps.countLosses(SharingActivity.countByDay(events, day("2024-06-30"), 2), candidates, 2);

        assertThat(losses.orderBy("posts").collectAsList())
                .extracting(row -> row.getAs("koc_type") + " " + row.getAs("posts") + " " + row.getAs("member_days")
                        + " " + row.getAs("losses"))
                .containsExactly("user 1 50 0", "user 2 50 1");
    }
}
