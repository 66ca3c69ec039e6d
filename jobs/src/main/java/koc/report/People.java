package koc.report;

import static org.apache.spark.sql.functions.col;

import koc.run.JobRun;
import koc.tables.CleanTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** How people are called. */
final class People {
    private People() {}

    /** One row per user of the landing: {@code koc_id} and {@code nickname}, null without one. */
    static Dataset<Row> nicknames(JobRun run) {
        return run.warehouse()
                .readLatest(CleanTables.USERS, run.day())
                .select(col("user_id").as("koc_id"), col("nickname"));
    }
}
