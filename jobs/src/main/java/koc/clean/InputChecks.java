package koc.clean;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import koc.error.KocException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Fails the run when too many rows of a source are rejected, or when the day has no events. */
final class InputChecks {
    private final CleanRun cleanRun;

    InputChecks(CleanRun cleanRun) {
        this.cleanRun = cleanRun;
    }

    /**
     * Requires that no source has more rejected rows than the limit; the table rejects must have been written. Events come
     * last, because rejected products make orphans of their events.
     */
    void requireFewRejects(Map<Source, CleanedSource> sources, ArrivalCounts arrivalCounts) {
        List<Source> order = new ArrayList<>(sources.keySet());
        order.sort(Comparator.comparing((Source source) -> source == Source.EVENTS));
        for (Source source : order) {
            RowCounts counts = arrivalCounts.counts(source);
            if (counts.rejectRate() > cleanRun.settings().rejectLimit()) {
                throw tooManyRejects(source, sources, arrivalCounts);
            }
        }
    }

    private KocException tooManyRejects(
            Source source, Map<Source, CleanedSource> sources, ArrivalCounts arrivalCounts) {
        RowCounts counts = arrivalCounts.counts(source);
        String problem = String.format(
                Locale.ROOT,
                "source %s: %.1f%% of %,d rows are rejected, above the limit of %.1f%%",
                source.folder(),
                100 * counts.rejectRate(),
                counts.checked(),
                100 * cleanRun.settings().rejectLimit());
        return KocException.input(
                problem,
                lostProducts(source, sources, arrivalCounts) + "most often: " + reasons(source, sources),
                "bin/koc inspect --landing " + cleanRun.run().landing()
                        + " proposes the settings; or correct the files: the"
                        + " table rejects has every row; or raise koc.clean.reject-limit");
    }

    /** Names rejected products as the cause of orphan events, although they are below the limit. */
    private String lostProducts(Source source, Map<Source, CleanedSource> sources, ArrivalCounts arrivalCounts) {
        RowCounts products = arrivalCounts.counts(Source.PRODUCTS);
        boolean hasOrphans = arrivalCounts.counts(source).rejected(RejectReason.ORPHAN_PRODUCT) > 0;
        if (source != Source.EVENTS || !hasOrphans || products.rejectedWithoutDuplicates() == 0) {
            return "";
        }
        return String.format(
                Locale.ROOT,
                "look at products first, of which %,d of %,d rows are rejected: %s; then at events, ",
                products.rejectedWithoutDuplicates(),
                products.checked(),
                reasons(Source.PRODUCTS, sources));
    }

    private String reasons(Source source, Map<Source, CleanedSource> sources) {
        return new RejectExplanation(
                        cleanRun, Objects.requireNonNull(sources.get(source)).arrivals())
                .mostFrequentReasons();
    }

    /** Requires that an accepted event happened on the run's day, unless a day without events is allowed. */
    void requireEventsOnDay(CleanedSource events, RowTotals totals) {
        if (cleanRun.settings().allowsEmptyDay() || totals.hasEventsOnDay()) {
            return;
        }
        Dataset<Row> days = events.finalRows().where(Verdict.isAccepted()).select("day");
        // Later arrivals that are cleaned again contain later days.
        Row last =
                days.where(col("day").leq(lit(cleanRun.day()))).agg(max("day")).head();
        throw KocException.input(
                "source events: no event on " + cleanRun.day(),
                last.isNullAt(0) ? "no event was accepted at all" : "the last day with an event is " + last.getDate(0),
                "check --date and the landing, or allow days without events: koc.clean.allow-empty-day = true");
    }
}
