package koc.kocs.levels;

import static koc.rules.KocLevels.BRONZE_INDEX;
import static koc.rules.KocLevels.REVOKED_INDEX;
import static koc.rules.KocLevels.TRAINEE_INDEX;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import koc.kocs.levels.LevelSettings.Threshold;
import koc.rules.KocLevels;
import koc.rules.KocType;
import org.apache.spark.sql.Column;

/**
 * Assesses which level a KOC's numbers earn, and which they suffice to keep. Levels are indexes of {@link KocLevels}.
 */
public final class LevelAssessment {
    private final LevelCriteria criteria;
    private final LevelSettings settings;

    public LevelAssessment(LevelCriteria criteria) {
        this.criteria = criteria;
        this.settings = criteria.settings();
    }

    /** Whether the KOC passes the thresholds at recruitment. */
    public Column isRecruited() {
        return criteria.meetsRecruitment(1);
    }

    /** The highest level whose thresholds the KOC meets. Above recruit only after recruitment, now or earlier. */
    public Column earnedIndex() {
        Column hasStarted = coalesce(KocLevels.index(col("previous_level")).geq(TRAINEE_INDEX), lit(false));
        return when(isRecruited().or(hasStarted), highestIndex(1)).otherwise(0);
    }

    /** The highest level that the KOC may keep: they meet .8 of its thresholds by default. */
    public Column retainedIndex() {
        return highestIndex(settings.retentionFraction());
    }

    /** The level after a demotion: the retained one, at least one lower; external KOCs below bronze are revoked. */
    public static Column demotedIndex(Column level, Column retained) {
        Column lower = least(level.minus(1), retained);
        Column isRevoked = KocType.EXTERNAL.is(col("koc_type")).and(lower.lt(BRONZE_INDEX));
        return when(isRevoked, REVOKED_INDEX).otherwise(greatest(lower, lit(0)));
    }

    /**
     * The level of a KOC without grace periods and trials: the level they earn if it is higher, the present level while
     * they retain it, else the level after a demotion.
     */
    public Column settle(Column level) {
        return when(level.equalTo(REVOKED_INDEX), level)
                .when(earnedIndex().gt(level), earnedIndex())
                .when(level.leq(0).or(retainedIndex().geq(level)), level)
                .otherwise(demotedIndex(level, retainedIndex()));
    }

    private Column highestIndex(double fraction) {
        Column highest =
                when(criteria.meetsRecruitment(fraction), TRAINEE_INDEX).otherwise(0);
        List<Threshold> thresholds = settings.thresholds();
        for (int i = 0; i < thresholds.size(); i++) {
            // Thresholds rise: a KOC who meets one meets those below.
            highest = when(criteria.meets(thresholds.get(i), fraction), BRONZE_INDEX + i)
                    .otherwise(highest);
        }
        return highest;
    }
}
