package koc.growth;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.struct;

import koc.tables.Frame;
import koc.tables.PortraitTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Which portrait most members of each pool belong to. */
public final class MainPortraits {
    /** Newcomers are left out, because they are too little known to be alike. */
    public static final Frame MAIN_PORTRAITS = Frame.named("main_portraits")
            .grain("one row per KOC with a member in a portrait")
            .columns("""
                    koc_id           STRING COMMENT 'Owner of the pool',
                    main_portrait_id STRING COMMENT 'Portrait of most members; of equals the one that sorts last'""");

    private MainPortraits() {}

    /**
     * Open ties -> {@link #MAIN_PORTRAITS}.
     *
     * @param ties tie_strengths of the day
     * @param portraits user_portraits of the day
     */
    public static Dataset<Row> select(Dataset<Row> ties, Dataset<Row> portraits) {
        return ties.select("koc_id", "user_id")
                .join(
                        portraits
                                .where(col("portrait_id").notEqual(PortraitTables.NEWCOMERS))
                                .select("user_id", "portrait_id"),
                        new String[] {"user_id"},
                        "inner")
                .groupBy("koc_id", "portrait_id")
                .agg(count(lit(1)).as("members"))
                .groupBy("koc_id")
                .agg(max_by(col("portrait_id"), struct("members", "portrait_id"))
                        .as("main_portrait_id"))
                .to(MAIN_PORTRAITS.schema());
    }
}
