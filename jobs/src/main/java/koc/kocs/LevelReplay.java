package koc.kocs;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import com.typesafe.config.Config;
import java.time.LocalDate;
import koc.rules.KocLevels;
import koc.tables.KocTables;
import koc.text.Texts;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Who would rise or fall under other thresholds, told from what koc_ranking keeps of every KOC; reads only.
 *
 * <p>Both sets of thresholds are followed to their end, grace and trials left aside: who fails would fall, though not
 * tomorrow.
 */
public final class LevelReplay {
    private final Levels current;
    private final Levels proposed;
    private final Texts texts;

    /** A replay of the thresholds in the second configuration against those in the first. */
    public LevelReplay(Config current, Config proposed) {
        this.current = Levels.of(LevelSettings.from(current));
        this.proposed = Levels.of(LevelSettings.from(proposed));
        this.texts = Texts.of(KocRankingSettings.from(current).language());
    }

    /** Version of the thresholds in force. */
    public String currentVersion() {
        return current.settings().version();
    }

    /** Version of the thresholds proposed. */
    public String proposedVersion() {
        return proposed.settings().version();
    }

    /** The KOCs of a day whose level the two sets of thresholds do not agree on, as {@link #of} returns them. */
    public Dataset<Row> changes(Warehouse tables, LocalDate day) {
        return of(tables.read(KocTables.KOC_RANKING, day));
    }

    /**
     * KOC grain -> those that differ: koc_id, koc_type, level (on the day), under_current, under_proposed, direction (rise or
     * fall), steps (levels between the two, above 0), why (the numbers against the proposed thresholds).
     *
     * @param ranking koc_ranking of a day
     */
    Dataset<Row> of(Dataset<Row> ranking) {
        Column level = KocLevels.index(col("level"));
        Column after = col("index.proposed");
        Column before = col("index.current");
        Column why = when(after.gt(before), proposed.words(after, 1, false, texts))
                .otherwise(proposed.words(before, proposed.settings().retentionFraction(), true, texts));
        // Taken out of an array, or else Spark writes the rules of a level out wherever it is named: 19,000 lines of
        // code, too long to compile.
        return ranking.withColumn("previous_level", col("level"))
                .withColumn(
                        "index",
                        explode(array(struct(
                                current.settled(level).as("current"),
                                proposed.settled(level).as("proposed")))))
                .where(after.notEqual(before))
                .select(
                        col("koc_id"),
                        col("koc_type"),
                        col("level"),
                        KocLevels.name(before).as("under_current"),
                        KocLevels.name(after).as("under_proposed"),
                        when(after.gt(before), lit("rise")).otherwise("fall").as("direction"),
                        abs(after.minus(before)).as("steps"),
                        why.as("why"));
    }
}
