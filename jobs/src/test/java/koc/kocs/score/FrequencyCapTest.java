package koc.kocs.score;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import koc.SparkTest;
import koc.kocs.features.KocCandidates;
import koc.kocs.features.SharingActivity;
import koc.kocs.score.FrequencyCap.Losses;
import koc.tables.CleanTables;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class FrequencyCapTest extends SparkTest {
    private static final double MAX_LOSS_RATIO = 1.5;
    private static final double SHRINKAGE = 10;

    @Test
    void theCapIsTheLargestNumberOfPostsBeforeLossesRise() {
        List<Losses> losses =
                List.of(new Losses(3, 10_000, 60), new Losses(1, 100_000, 100), new Losses(2, 20_000, 20));

        assertThat(learn(losses)).isEqualTo(2);
    }

    @Test
    void littleEvidenceDoesNotLowerTheCap() {
        List<Losses> losses = List.of(new Losses(1, 100_000, 100), new Losses(2, 200, 1), new Losses(4, 100, 1));

        assertThat(learn(losses)).isEqualTo(4);
    }

    @Test
    void postsAboveAHarmfulNumberAreNeverAllowed() {
        List<Losses> losses = List.of(new Losses(1, 100_000, 100), new Losses(2, 20_000, 90), new Losses(3, 20_000, 1));

        assertThat(learn(losses)).isEqualTo(1);
    }

    @Test
    void withoutLossesNoCapIsLearned() {
        assertThat(FrequencyCap.learn(List.of(new Losses(1, 100, 0)), MAX_LOSS_RATIO, SHRINKAGE))
                .isEqualTo(FrequencyCap.NOT_LEARNED);
        assertThat(FrequencyCap.learn(List.of(), MAX_LOSS_RATIO, SHRINKAGE)).isEqualTo(FrequencyCap.NOT_LEARNED);
    }

    @Test
    void onlyALearnedCapBelowTheMaximumIsExceeded() {
        assertThat(isExceededByTwelvePosts(new FrequencyCap(9))).isTrue();
        assertThat(isExceededByTwelvePosts(new FrequencyCap(FrequencyCap.MAX_POSTS)))
                .isFalse();
        assertThat(isExceededByTwelvePosts(FrequencyCap.NOT_LEARNED)).isFalse();
    }

    @Test
    void aCapThatWasNotLearnedIsNullInTables() {
        Row row = SPARK.range(1)
                .select(new FrequencyCap(3).toColumn(), FrequencyCap.NOT_LEARNED.toColumn())
                .head();

        assertThat(row.toString()).isEqualTo("[3,null]");
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
                koc_id | pool_size
                koc    | 50
                """);

        Dataset<Row> losses =
                FrequencyCap.countLosses(SharingActivity.countByDay(events, day("2024-06-30"), 2), candidates, 2);

        assertThat(losses.orderBy("posts").collectAsList())
                .extracting(row -> row.getAs("posts") + " " + row.getAs("member_days") + " " + row.getAs("losses"))
                .containsExactly("1 50 0", "2 50 1");
    }

    private static int learn(List<Losses> losses) {
        return FrequencyCap.learn(losses, MAX_LOSS_RATIO, SHRINKAGE).postsPerDay();
    }

    private static boolean isExceededByTwelvePosts(FrequencyCap cap) {
        Column isExceeded = cap.isExceededBy(lit(12L));
        return SPARK.range(1).select(isExceeded).head().getBoolean(0);
    }
}
