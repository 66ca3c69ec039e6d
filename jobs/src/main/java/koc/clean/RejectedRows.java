package koc.clean;

import static koc.clean.RowChecks.FILE;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.Collection;
import java.util.stream.Stream;
import koc.tables.CleanTables;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/** Writes the rejected rows of all sources, and counts what was rejected and left for later. */
final class RejectedRows {
    private final CleanRun cleanRun;
    private final Collection<CleanedSource> sources;
    private final Dataset<Row> notAccepted;

    RejectedRows(CleanRun cleanRun, Collection<CleanedSource> sources) {
        this.cleanRun = cleanRun;
        this.sources = sources;
        this.notAccepted = cleanRun.checkpoints().cache(notAccepted(sources));
    }

    /** Rows that are rejected or left for later: arrived, source, file, verdict, rows, raw. */
    private static Dataset<Row> notAccepted(Collection<CleanedSource> sources) {
        return sources.stream()
                .map(cleaned -> cleaned.finalRows()
                        .where(not(Verdict.isAccepted()))
                        .select(
                                col("arrived"),
                                lit(cleaned.source().name()).as("source"),
                                col(FILE),
                                col(Verdict.COLUMN),
                                FileChecks.rows().as("rows"),
                                when(Verdict.isRejected(), RowChecks.raw(cleaned.source()))
                                        .as("raw")))
                .reduce(Dataset::union)
                .orElseThrow();
    }

    /**
     * Counts by source and arrival the rows rejected and left for later. Rows read and kept are counted elsewhere, so that
     * the check read = kept + rejected + later compares independent counts.
     */
    ArrivalCounts count() {
        ArrivalCounts counts = new ArrivalCounts();
        for (Row row : notAccepted
                .groupBy("source", "arrived", Verdict.COLUMN)
                .agg(sum("rows"))
                .collectAsList()) {
            String check = row.getString(2).replaceFirst(":.*", "");
            counts.counts(Source.valueOf(row.getString(0))).add(row.getDate(1).toLocalDate(), check, row.getLong(3));
        }
        return counts;
    }

    /** Replaces the rows of the cleaned arrivals in the table rejects. */
    void write() {
        Column folder = Stream.of(Source.values())
                .reduce(
                        lit(null).cast(DataTypes.StringType),
                        (names, source) -> when(col("source").equalTo(source.name()), source.folder())
                                .otherwise(names),
                        (first, second) -> first);
        Dataset<Row> rejects = notAccepted
                .where(Verdict.isRejected())
                .select(
                        col("arrived"),
                        folder.as("source"),
                        col(FILE),
                        Verdict.reason(col(Verdict.COLUMN)).as("reason"),
                        Verdict.field(col(Verdict.COLUMN)).as("field"),
                        col("raw"));
        cleanRun.warehouse()
                .write(
                        CleanTables.REJECTS,
                        rejects,
                        ArrivalCounts.replacedRows(
                                sources.stream().map(CleanedSource::arrivals).toList()));
    }
}
