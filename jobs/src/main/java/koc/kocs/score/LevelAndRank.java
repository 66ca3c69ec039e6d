package koc.kocs.score;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.when;

import koc.kocs.levels.LevelCriteria;
import koc.rules.KocLevels;
import koc.text.Texts;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/** Explains in one sentence why a KOC's level and rank differ, such as gold at rank 3 or bronze at rank 1. */
final class LevelAndRank {
    private final LevelCriteria criteria;
    private final Texts texts;

    LevelAndRank(LevelCriteria criteria, Texts texts) {
        this.criteria = criteria;
        this.texts = texts;
    }

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
    Column explain() {
        Column level = col("level_index");
        Column atRank = col("level_index_at_rank");
        Column name = LevelCriteria.nameLevel(col("level"), texts);
        Column next = greatest(level.plus(1), lit(KocLevels.TRAINEE_INDEX));
        Column unmet = criteria.describeUnmet(next, texts);
        Column lacks = when(
                unmet.notEqual(""),
                texts.column("kocs.reason.level.lacks", LevelCriteria.nameLevel(KocLevels.name(next), texts), unmet));
        return when(KocLevels.isRevoked(col("level")), texts.column("kocs.reason.level.revoked", col("rank")))
                .when(
                        level.lt(atRank),
                        concat_ws("", texts.column("kocs.reason.level.below-rank", col("rank"), name), lacks))
                .when(level.gt(atRank), texts.column("kocs.reason.level.above-rank", name, col("rank")));
    }
}
