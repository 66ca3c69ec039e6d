package koc.kocs.score;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import koc.kocs.KocSettings;
import koc.kocs.levels.LevelCriteria;
import koc.kocs.levels.LevelMovement;
import koc.rules.KocLevels;
import koc.tables.KocTables;
import koc.text.Texts;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Explains readiness and rank of each KOC in short sentences, and says what to do next. */
public final class KocExplanations {
    private final KocSettings settings;
    private final Texts texts;
    private final LocalDate day;
    private final FrequencyCaps frequencyCaps;

    public KocExplanations(KocSettings settings, Texts texts, LocalDate day, FrequencyCaps frequencyCaps) {
        this.settings = settings;
        this.texts = texts;
        this.day = day;
        this.frequencyCaps = frequencyCaps;
    }

    /**
     * KOC grain -> the rows of koc_ranking.
     *
     * @param scored as {@link KocScoring#score} returns them, with the levels of {@link LevelMovement#move}
     */
    public Dataset<Row> explain(Dataset<Row> scored) {
        Dataset<Row> rows = LevelAndRank.withLevelAtRank(scored)
                .withColumn("day", lit(day))
                .withColumn("levels_version", lit(settings.levels().version()))
                .withColumn("frequency_cap", frequencyCaps.postsPerDay())
                .withColumn("loss_ratio_above_cap", frequencyCaps.lossRatio())
                .withColumn("next_index", nextIndex());
        KocActions actions = new KocActions(settings.score(), texts);
        return new LevelCriteria(settings.levels())
                .withMissing(rows, col("next_index"))
                .withColumn("readiness", new ReadinessText(texts).explain())
                .withColumn("reasons", new KocReasons(settings.score(), texts).explain())
                .withColumn("next_step", actions.nextStep())
                .withColumn("next_action", actions.next())
                .withColumn("doubts", KocDoubts.all())
                .select(KocTables.KOC_RANKING.columnNames().stream()
                        .map(name -> col(name))
                        .toArray(Column[]::new));
    }

    /** The level to reach next; null for partners. */
    private static Column nextIndex() {
        Column next = greatest(col("level_index").plus(1), lit(KocLevels.TRAINEE_INDEX));
        return when(next.lt(KocLevels.NAMES.size()), next);
    }
}
