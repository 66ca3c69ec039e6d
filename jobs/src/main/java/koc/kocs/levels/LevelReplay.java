package koc.kocs.levels;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import com.typesafe.config.Config;
import java.time.LocalDate;
import koc.kocs.KocSettings;
import koc.rules.KocLevels;
import koc.tables.KocTables;
import koc.text.Texts;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Finds the KOCs who would rise or fall under other thresholds, from the numbers in koc_ranking. It writes nothing.
 *
 * <p>Both sets of thresholds are applied without grace periods and trials: a KOC who fails them counts as fallen at
 * once.
 */
public final class LevelReplay {
    private final LevelCriteria current;
    private final LevelCriteria proposed;
    private final Texts texts;

    /** Compares the thresholds in the second configuration with those in the first. */
    public LevelReplay(Config current, Config proposed) {
        this.current = new LevelCriteria(LevelSettings.from(current));
        this.proposed = new LevelCriteria(LevelSettings.from(proposed));
        this.texts = Texts.of(KocSettings.from(current).language());
    }

    /** Version of the thresholds in force. */
    public String currentVersion() {
        return current.settings().version();
    }

    /** Version of the proposed thresholds. */
    public String proposedVersion() {
        return proposed.settings().version();
    }

    /** The KOCs of a day whose level differs between the two sets of thresholds, see {@link #compare}. */
    public Dataset<Row> changes(Warehouse warehouse, LocalDate day) {
        return compare(warehouse.read(KocTables.KOC_RANKING, day));
    }

    /**
     * KOC grain -> the KOCs whose level differs.
     *
     * @param ranking koc_ranking of a day
     * @return koc_id, koc_type, level (on the day), under_current, under_proposed, direction (rise or fall), steps
     *     (levels between the two, above 0), why (the numbers against the proposed thresholds)
     */
    public Dataset<Row> compare(Dataset<Row> ranking) {
        Column level = KocLevels.index(col("level"));
        Column after = col("index.proposed");
        Column before = col("index.current");
        Column isRise = after.gt(before);
        Column why =
                when(isRise, proposed.describe(after, texts)).otherwise(proposed.describeUnmetRetention(before, texts));
        // The array keeps Spark from repeating the rules of the levels wherever an index is used, which makes 19,000
        // lines of generated code, too long to compile.
        Column indexes = explode(array(struct(
                new LevelAssessment(current).settle(level).as("current"),
                new LevelAssessment(proposed).settle(level).as("proposed"))));
        return ranking.withColumn("previous_level", col("level"))
                .withColumn("index", indexes)
                .where(after.notEqual(before))
                .select(
                        col("koc_id"),
                        col("koc_type"),
                        col("level"),
                        KocLevels.name(before).as("under_current"),
                        KocLevels.name(after).as("under_proposed"),
                        when(isRise, lit("rise")).otherwise("fall").as("direction"),
                        abs(after.minus(before)).as("steps"),
                        why.as("why"));
    }
}
