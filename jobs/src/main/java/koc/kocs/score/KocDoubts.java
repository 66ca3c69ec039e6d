package koc.kocs.score;

import static org.apache.spark.sql.functions.array_join;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.try_element_at;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;

/** What makes the numbers of a KOC doubtful: the names in the column flags, the most severe first. */
final class KocDoubts {
    private KocDoubts() {}

    /** The most severe doubt; null without one. */
    static Column worst() {
        return try_element_at(col("flags"), lit(1)).getField("name");
    }

    /** All doubts, separated by commas; null without one. */
    static Column all() {
        return when(size(col("flags")).gt(0), array_join(transform(col("flags"), flag -> flag.getField("name")), ", "));
    }
}
