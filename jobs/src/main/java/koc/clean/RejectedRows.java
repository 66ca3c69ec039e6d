package koc.clean;

import static koc.clean.RowChecks.FILE;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import java.util.Collection;
import koc.tables.CleanTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Writes the rejected rows of all sources. */
final class RejectedRows {
    private RejectedRows() {}

    /**
     * Replaces the rows of the cleaned arrivals in the table rejects. Sources without rejected rows are not read.
     *
     * @param counts as {@link RowTotals#counts} returns them
     */
    static void write(CleanRun cleanRun, Collection<CleanedSource> sources, ArrivalCounts counts) {
        Dataset<Row> rejects = sources.stream()
                .filter(cleaned -> counts.counts(cleaned.source()).rejected() > 0)
                .map(RejectedRows::of)
                .reduce(Dataset::union)
                .orElseGet(() -> cleanRun.warehouse().empty(CleanTables.REJECTS));
        cleanRun.warehouse()
                .write(
                        CleanTables.REJECTS,
                        rejects,
                        ArrivalCounts.replacedRows(
                                sources.stream().map(CleanedSource::arrivals).toList()));
    }

    private static Dataset<Row> of(CleanedSource cleaned) {
        return cleaned.finalRows()
                .where(not(Verdict.isAccepted()).and(Verdict.isRejected()))
                .select(
                        col("arrived"),
                        lit(cleaned.source().folder()).as("source"),
                        col(FILE),
                        Verdict.reason(col(Verdict.COLUMN)).as("reason"),
                        Verdict.field(col(Verdict.COLUMN)).as("field"),
                        RowChecks.raw(cleaned.source()).as("raw"));
    }
}
