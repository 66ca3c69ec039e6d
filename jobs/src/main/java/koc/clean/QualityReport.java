package koc.clean;

import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import koc.rules.BrandTiers;
import koc.text.Texts;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Turns the row counts of the sources into the rows of data_quality: one for each source and check.
 *
 * <p>A check warns when, with 95% probability, more rows fail than the limit allows, or the rows since the previous run
 * fail more often than a multiple of the rows before. Worked: 42 of 37,079 rows are .11%, below the limit of 1%, and
 * pass. After 10 of 10,000 rows, 12 of 1,000 new rows warn: at least .75% of them fail, more than twice .1%.
 */
final class QualityReport {
    private static final String PASS = "pass";
    private static final String WARN = "warn";
    private static final String FAIL = "fail";
    private static final int MIN_EARLIER_ARRIVALS = 7;
    private static final int MAX_EARLIER_ARRIVALS = 28;

    private final LocalDate day;
    private final double rejectLimit;
    private final QualitySettings settings;
    private final QualityHistory history;
    private final double maxUnknownRate;
    private final Texts texts;

    /** @param history the checks of the previous run */
    QualityReport(LocalDate day, CleanSettings settings, QualityHistory history) {
        this.day = day;
        this.rejectLimit = settings.rejectLimit();
        this.settings = settings.quality();
        this.history = history;
        this.maxUnknownRate = settings.maxUnknownRate();
        this.texts = Texts.of(settings.language());
    }

    /** The rows of every source that has files up to the day. */
    List<Row> rows(ArrivalCounts arrivalCounts) {
        List<Row> rows = new ArrayList<>();
        for (Source source : Source.values()) {
            RowCounts counts = arrivalCounts.counts(source).upTo(day);
            if (counts.rows(RowCounts.READ) + counts.rows(FileChecks.LISTED) > 0) {
                rows.addAll(rows(source, counts));
            }
        }
        return rows;
    }

    /** One row per reject reason that can apply, and one for each check of the whole source. */
    private List<Row> rows(Source source, RowCounts counts) {
        List<Row> rows = new ArrayList<>();
        for (RejectReason reason : RejectReason.values()) {
            if (source.canBeRejectedFor(reason) || counts.rejected(reason) > 0) {
                rows.add(judged(
                        source,
                        reason.code(),
                        counts.rows(RowCounts.READ),
                        counts.rejected(reason),
                        texts.text("clean.reason." + reason.code())));
            }
        }
        long read = counts.rows(RowCounts.READ);
        long missing = counts.missing();
        String closing = texts.text(
                "clean.check.counts_close",
                read,
                counts.rows(RowCounts.KEPT),
                counts.rejected(),
                counts.rows(RowCounts.LATER));
        rows.add(row(source, "counts_close", read, missing, missing == 0 ? PASS : FAIL, closing));
        rows.add(row(
                source,
                "reject_limit",
                counts.checked(),
                counts.rejectedWithoutDuplicates(),
                counts.rejectRate() > rejectLimit ? FAIL : PASS,
                texts.text("clean.check.reject_limit", 100 * counts.rejectRate(), 100 * rejectLimit)));
        arrivalSize(source, counts).ifPresent(rows::add);
        rows.addAll(fileRows(source, counts));
        rows.addAll(unreadRows(source, counts));
        for (ReferenceCheck check : ReferenceCheck.values()) {
            if (check.isOf(source)) {
                rows.add(referenceRow(source, check, counts));
            }
        }
        return rows;
    }

    /** One row for each column with values that were left out. */
    private List<Row> unreadRows(Source source, RowCounts counts) {
        long read = counts.rows(RowCounts.READ);
        return counts.checks().stream()
                .filter(Remarks::isUnreadCheck)
                .map(check -> judged(
                        source,
                        check,
                        read,
                        counts.rows(check),
                        texts.text("clean.check.unread", Remarks.column(check))))
                .toList();
    }

    /** A check of ids, which warns above the limit: a few unknown ids are usual. */
    private Row referenceRow(Source source, ReferenceCheck check, RowCounts counts) {
        long failed = check.failed(counts);
        long rows = check.rows(counts);
        String description = texts.text("clean.check." + check.code());
        return row(
                source,
                check.code(),
                rows,
                failed,
                check.rate(counts) > maxUnknownRate ? WARN : PASS,
                texts.text("clean.check.reason", failed, rows, description));
    }

    /** The checks of files; none when all arrivals were cleaned before files were counted. */
    private List<Row> fileRows(Source source, RowCounts counts) {
        long listed = counts.rows(FileChecks.LISTED);
        if (listed == 0) {
            return List.of();
        }
        long unread = listed - counts.rows(FileChecks.READ);
        long counted = counts.rows(FileChecks.COUNTED);
        long missed = counted - counts.rows(FileChecks.COVERED);
        long blank = counts.rows(FileChecks.BLANK);
        long headers = counts.rows(FileChecks.REPEATED_HEADERS);
        return List.of(
                row(source, FileChecks.LISTED, listed, 0, PASS, texts.text("clean.check.files_listed", listed)),
                row(
                        source,
                        FileChecks.READ,
                        listed,
                        unread,
                        unread == 0 ? PASS : FAIL,
                        texts.text("clean.check.files_read", listed - unread, listed)),
                row(
                        source,
                        FileChecks.COUNTED,
                        counted,
                        Math.abs(missed),
                        missed == 0 ? PASS : FAIL,
                        texts.text("clean.check.records_counted", counted, counted - missed, blank, headers)));
    }

    /**
     * The row of a check that warns when its failures are unusual.
     *
     * @param description what is wrong with a row that fails it
     */
    private Row judged(Source source, String check, long rows, long failed, String description) {
        CheckCounts counts = new CheckCounts(rows, failed);
        String explanation = texts.text("clean.check.reason", failed, rows, description);
        if (counts.surelyFailedRate() > settings.warnRate()) {
            String warning = texts.text("clean.check.above_limit", explanation, 100 * settings.warnRate());
            return row(source, check, rows, failed, WARN, warning);
        }
        CheckCounts before = history.counts(source.folder(), check).orElse(CheckCounts.NONE);
        CheckCounts since = counts.since(before);
        if (before.rows() > 0
                && since.failedRate() > settings.minChangeRate()
                && since.surelyFailedRate() > settings.changeFactor() * before.failedRate()) {
            String warning = texts.text(
                    "clean.check.changed",
                    explanation,
                    since.failed(),
                    since.rows(),
                    100 * since.failedRate(),
                    100 * before.failedRate());
            return row(source, check, rows, failed, WARN, warning);
        }
        return row(source, check, rows, failed, PASS, explanation);
    }

    /** Compares the newest arrival of events with those before it; empty with too few arrivals. */
    private Optional<Row> arrivalSize(Source source, RowCounts counts) {
        NavigableMap<LocalDate, Long> sizes = new TreeMap<>();
        counts.byArrival().forEach((arrived, checks) -> sizes.put(arrived, checks.getOrDefault(RowCounts.READ, 0L)));
        if (source != Source.EVENTS || sizes.size() <= MIN_EARLIER_ARRIVALS) {
            return Optional.empty();
        }
        LocalDate newest = sizes.lastKey();
        long[] earlier = sizes.headMap(newest, false).descendingMap().values().stream()
                .limit(MAX_EARLIER_ARRIVALS)
                .mapToLong(rows -> rows)
                .sorted()
                .toArray();
        long usual = earlier[earlier.length / 2];
        long size = sizes.getOrDefault(newest, 0L);
        boolean isUsual = size <= settings.changeFactor() * usual && size * settings.changeFactor() >= usual;
        return Optional.of(row(
                source,
                "arrival_size",
                size,
                Math.abs(size - usual),
                isUsual ? PASS : WARN,
                texts.text("clean.check.arrival_size", size, newest, usual)));
    }

    /**
     * The row that warns when products of a brand state different tiers; empty when no tiers are stated.
     *
     * @param counts as {@link BrandTiers#countDeviating} returns them
     */
    Optional<Row> brandTiers(Row counts) {
        long products = counts.getAs("products");
        long deviating = counts.getAs("deviating");
        long brands = counts.getAs("brands");
        if (products == 0) {
            return Optional.empty();
        }
        return Optional.of(row(
                Source.PRODUCTS,
                "brand_tiers_agree",
                products,
                deviating,
                deviating == 0 ? PASS : WARN,
                texts.text("clean.check.brand_tiers_agree", deviating, products, brands)));
    }

    private Row row(Source source, String check, long rows, long failed, String verdict, String explanation) {
        return RowFactory.create(
                Date.valueOf(day),
                source.folder(),
                check,
                rows,
                failed,
                new CheckCounts(rows, failed).failedRate(),
                history.counts(source.folder(), check)
                        .map(CheckCounts::failedRate)
                        .orElse(null),
                verdict,
                explanation);
    }
}
