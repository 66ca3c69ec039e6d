package koc.clean;

import static koc.clean.RowChecks.FILE;
import static org.apache.spark.sql.functions.bool_or;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import koc.source.LandingReader;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Counts the rows of all sources in one pass, after their final verdicts.
 *
 * <p>Rows kept are not counted here but where they are written, so that the check read = kept + rejected + later
 * compares independent counts. {@link FileChecks} compares the rows read with the records in the files.
 */
final class RowTotals {
    private final ArrivalCounts counts = new ArrivalCounts();
    private final Map<SourceFile, Long> covered = new HashMap<>();
    private boolean hasEventsOnDay;

    private RowTotals() {}

    /** Counts the rows. */
    static RowTotals count(Collection<CleanedSource> sources, LocalDate day) {
        RowTotals totals = new RowTotals();
        sources.stream()
                .map(cleaned -> cleaned.finalRows()
                        .select(
                                lit(cleaned.source().name()).as("source"),
                                col("arrived"),
                                col(FILE),
                                col(Verdict.COLUMN),
                                col(Remarks.COLUMN),
                                rows().as("rows"),
                                col(LandingReader.COVERED).as("covered"),
                                isEventOn(day, cleaned.source()).as("is_event_on_day")))
                .reduce(Dataset::union)
                .orElseThrow()
                .groupBy("source", "arrived", FILE, Verdict.COLUMN, Remarks.COLUMN)
                .agg(sum("rows"), sum("covered"), bool_or(col("is_event_on_day")))
                .collectAsList()
                .forEach(totals::add);
        return totals;
    }

    /** The number of rows that a read row stands for: a malformed one may have swallowed several. */
    private static Column rows() {
        return when(col(LandingReader.MALFORMED).isNull(), lit(1))
                .otherwise(greatest(col(LandingReader.COVERED), lit(1)));
    }

    private static Column isEventOn(LocalDate day, Source source) {
        return source == Source.EVENTS ? Verdict.isAccepted().and(col("day").equalTo(lit(day))) : lit(false);
    }

    private void add(Row row) {
        Source source = Source.valueOf(row.getString(0));
        RowCounts ofSource = counts.counts(source);
        LocalDate arrived = row.getDate(1).toLocalDate();
        long rows = row.getLong(5);
        ofSource.add(arrived, RowCounts.READ, rows);
        if (!row.isNullAt(3)) {
            ofSource.add(arrived, Verdict.check(row.getString(3)), rows);
        }
        if (!row.isNullAt(4)) {
            Remarks.split(row.getString(4)).forEach(remark -> ofSource.add(arrived, Remarks.check(remark), rows));
        }
        covered.merge(new SourceFile(source, row.getString(2)), row.getLong(6), Long::sum);
        hasEventsOnDay |= !row.isNullAt(7) && row.getBoolean(7);
    }

    /** The rows read, rejected and left for later by source and arrival, and those with each remark. */
    ArrivalCounts counts() {
        return counts;
    }

    /** How many records of each file the rows of each source cover. */
    Map<SourceFile, Long> covered() {
        return Map.copyOf(covered);
    }

    /** Whether an accepted event happened on the run's day. */
    boolean hasEventsOnDay() {
        return hasEventsOnDay;
    }
}
