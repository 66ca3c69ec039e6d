package koc.kocs.score;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.when;

import koc.text.Texts;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/** Explains in one sentence why a KOC's level and rank differ, such as gold at rank 3 or bronze at rank 1. */
final class LevelAndRank {
    private LevelAndRank() {}

    /**
     * KOC grain -> the same rows with level_index_at_rank: the level of the KOC at this position when KOCs are sorted
     * by level instead of score. Worked: of one gold, one silver and three bronze KOCs the second by score should be
     * silver; if they are bronze, level and rank differ.
     *
     * @param ranked with rank and level_index
     */
    static Dataset<Row> withLevelAtRank(Dataset<Row> ranked) {
        Dataset<Row> byLevel = ranked.select(
                row_number()
                        .over(Window.orderBy(col("level_index").desc(), col("rank")))
                        .as("rank"),
                col("level_index").as("level_index_at_rank"));
        return ranked.join(byLevel, new String[] {"rank"}, "inner");
    }

    /** The sentence; null if level and rank agree. */
    static Column explain(Texts texts) {
        Column level = col("level_index");
        Column atRank = col("level_index_at_rank");
        Column name = texts.word("levels.name.", col("level"));
        return when(level.lt(atRank), texts.column("kocs.reason.level.below-rank", col("rank"), name))
                .when(level.gt(atRank), texts.column("kocs.reason.level.above-rank", name, col("rank")));
    }
}
