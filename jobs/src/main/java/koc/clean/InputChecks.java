package koc.clean;

import static koc.clean.RowChecks.FILE;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;

import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;
import koc.error.KocException;
import koc.tables.CleanTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Fails the run when too many rows of a source are rejected, or when the day has no events. */
final class InputChecks {
    /** Reasons named in the error, the most frequent ones. */
    private static final int REPORTED_REASONS = 3;

    private final CleanRun cleanRun;

    InputChecks(CleanRun cleanRun) {
        this.cleanRun = cleanRun;
    }

    /** Requires that no source has more rejected rows than the limit; the table rejects must have been written. */
    void requireFewRejects(Collection<CleanedSource> sources, ArrivalCounts arrivalCounts) {
        double limit = cleanRun.settings().rejectLimit();
        for (CleanedSource cleaned : sources) {
            RowCounts counts = arrivalCounts.counts(cleaned.source());
            if (counts.rejectRate() > limit) {
                throw KocException.input(
                        String.format(
                                Locale.ROOT,
                                "source %s: %.1f%% of %,d rows are rejected, above the limit of %.1f%%",
                                cleaned.source().folder(),
                                100 * counts.rejectRate(),
                                counts.checked(),
                                100 * limit),
                        "most often: " + mostFrequentReasons(cleaned.arrivals()),
                        "correct the source; the table rejects has every row; or raise koc.clean.reject-limit");
            }
        }
    }

    private String mostFrequentReasons(SourceArrivals arrivals) {
        return cleanRun
                .warehouse()
                .readUpTo(CleanTables.REJECTS, CleanRun.LAST_DATE)
                .where(arrivals.replacedRowsOfSource())
                .where(col("reason").notEqual(RejectReason.DUPLICATE.code()))
                .groupBy("reason", "field")
                .agg(
                        count(lit(1)).as("rows"),
                        min(struct(col(FILE), col("raw"))).as("sample"))
                .orderBy(col("rows").desc(), col("reason"), col("field"))
                .limit(REPORTED_REASONS)
                .select("reason", "field", "rows", "sample.file", "sample.raw")
                .collectAsList()
                .stream()
                .map(row -> String.format(
                        Locale.ROOT,
                        "%s%s in %,d rows, as in %s: %s",
                        row.getString(0),
                        row.isNullAt(1) ? "" : " (" + row.getString(1) + ")",
                        row.getLong(2),
                        row.getString(3),
                        row.getString(4)))
                .collect(Collectors.joining(" | "));
    }

    /** Requires that an accepted event happened on the run's day, unless a day without events is allowed. */
    void requireEventsOnDay(CleanedSource events) {
        Dataset<Row> days = events.finalRows().where(Verdict.isAccepted()).select("day");
        if (cleanRun.settings().allowsEmptyDay()
                || !days.where(col("day").equalTo(lit(cleanRun.day()))).isEmpty()) {
            return;
        }
        // Later arrivals that are cleaned again contain later days.
        Row last =
                days.where(col("day").leq(lit(cleanRun.day()))).agg(max("day")).head();
        throw KocException.input(
                "source events: no event on " + cleanRun.day(),
                last.isNullAt(0) ? "no event was accepted at all" : "the last day with an event is " + last.getDate(0),
                "check --date and the landing, or allow days without events: koc.clean.allow-empty-day = true");
    }
}
