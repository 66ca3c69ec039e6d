package koc.rules;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import org.apache.spark.sql.Column;

/** The levels of KOCs in their order, and the state outside them: revoked. */
public final class KocLevels {
    /** The lowest level. */
    public static final String RECRUIT = "recruit";

    /** An external KOC who may no longer act for the brand. */
    public static final String REVOKED = "revoked";

    /** All levels, lowest first. */
    public static final List<String> NAMES = List.of(RECRUIT, "trainee", "bronze", "silver", "gold", "partner");

    public static final int REVOKED_INDEX = -1;
    public static final int TRAINEE_INDEX = 1;
    public static final int BRONZE_INDEX = 2;

    /** The levels with thresholds of sales and activity: bronze and above. */
    public static final List<String> ASSESSED = NAMES.subList(BRONZE_INDEX, NAMES.size());

    private KocLevels() {}

    /** The index of a level: -1 revoked, 0 recruit .. 5 partner; null for null. */
    public static Column index(Column level) {
        Column index = when(level.equalTo(REVOKED), REVOKED_INDEX);
        for (int i = 0; i < NAMES.size(); i++) {
            index = index.when(level.equalTo(NAMES.get(i)), i);
        }
        return index;
    }

    /** The level with this index; null for null. */
    public static Column name(Column index) {
        Column name = when(index.equalTo(REVOKED_INDEX), REVOKED);
        for (int i = 0; i < NAMES.size(); i++) {
            name = name.when(index.equalTo(i), NAMES.get(i));
        }
        return name;
    }

    /** Whether the level is revoked; false without a level. */
    public static Column isRevoked(Column level) {
        return coalesce(level.equalTo(REVOKED), lit(false));
    }
}
