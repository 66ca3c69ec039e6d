package koc.influence.exposure;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;

import koc.tables.Frame;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * How many members of each portrait a share exposed: all with an open tie on its day, whether they opened it or not
 * (intention to treat). Users who open links like the product already, so counting only them would be self-selection.
 *
 * <p>To avoid a row per share and member, ties are first summed to changes per KOC, portrait and day.
 */
public final class ShareExposures {
    public static final Frame EXPOSURES = Frame.named("share_exposures")
            .grain("one row per share and portrait with a member exposed to it")
            .columns("""
                    koc_id       STRING COMMENT 'The KOC',
                    day_offset   INT COMMENT 'Day of the share, counted from the first day of the period',
                    share_id     STRING COMMENT 'Event of the share',
                    product_id   STRING COMMENT 'Product shared',
                    category     STRING COMMENT 'Category of the product',
                    window_start DOUBLE COMMENT 'Moment of the share',
                    window_end   DOUBLE COMMENT 'Moment at which its window ends',
                    portrait_id  STRING COMMENT 'Portrait of the members',
                    members      BIGINT COMMENT 'Members of the portrait with an open tie on the day of the share'""");

    private ShareExposures() {}

    /**
     * Computes {@link #EXPOSURES}.
     *
     * @param shares {@link PurchaseExposure#SHARES} of the period
     * @param members {@link PoolMembers#MEMBERS}
     */
    public static Dataset<Row> compute(Dataset<Row> shares, Dataset<Row> members) {
        return shares.select("share_id", "koc_id", "product_id", "category", "day_offset", "window_start", "window_end")
                .join(countMembers(shares, computeChanges(members)), new String[] {"koc_id", "day_offset"}, "inner");
    }

    /** KOC x portrait x day grain: by how many members the pool grew or shrank (change), for days on which it did. */
    private static Dataset<Row> computeChanges(Dataset<Row> members) {
        return members.select(
                        col("koc_id"),
                        col("portrait_id"),
                        explode(array(
                                        struct(col("first_offset").as("day_offset"), lit(1L).as("change")),
                                        struct(col("last_offset").plus(1).as("day_offset"), lit(-1L).as("change"))))
                                .as("step"))
                .groupBy(
                        col("koc_id"),
                        col("portrait_id"),
                        col("step.day_offset").as("day_offset"))
                .agg(sum("step.change").as("change"));
    }

    /** KOC x portrait x day grain: members on each day on which the KOC shared; no row where there are none. */
    private static Dataset<Row> countMembers(Dataset<Row> shares, Dataset<Row> changes) {
        Dataset<Row> shareDays = shares.select("koc_id", "day_offset")
                .distinct()
                .join(changes.select("koc_id", "portrait_id").distinct(), new String[] {"koc_id"}, "inner")
                .select(
                        col("koc_id"),
                        col("portrait_id"),
                        col("day_offset"),
                        lit(0L).as("change"),
                        lit(true).as("is_share_day"));
        WindowSpec upToTheDay = Window.partitionBy("koc_id", "portrait_id")
                .orderBy("day_offset")
                .rangeBetween(Window.unboundedPreceding(), Window.currentRow());
        return changes.withColumn("is_share_day", lit(false))
                .unionByName(shareDays)
                .withColumn("members", sum("change").over(upToTheDay))
                .where("is_share_day AND members > 0")
                .select("koc_id", "portrait_id", "day_offset", "members");
    }
}
