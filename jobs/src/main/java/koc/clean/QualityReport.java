package koc.clean;

import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import koc.text.Texts;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Turns the row counts of the sources into the rows of data_quality: one for each source and check. */
final class QualityReport {
    private static final String PASS = "pass";
    private static final String WARN = "warn";
    private static final String FAIL = "fail";

    private final LocalDate day;
    private final double rejectLimit;
    private final Texts texts;

    QualityReport(LocalDate day, CleanSettings settings) {
        this.day = day;
        this.rejectLimit = settings.rejectLimit();
        this.texts = Texts.of(settings.language());
    }

    /** The rows of every source from which rows were read up to the day. */
    List<Row> rows(ArrivalCounts arrivalCounts) {
        List<Row> rows = new ArrayList<>();
        for (Source source : Source.values()) {
            RowCounts counts = arrivalCounts.counts(source).upTo(day);
            if (counts.rows(RowCounts.READ) > 0) {
                rows.addAll(rows(source, counts));
            }
        }
        return rows;
    }

    /** One row per reject reason that can apply, one that checks the sum of the counts, and one for the reject limit. */
    private List<Row> rows(Source source, RowCounts counts) {
        List<Row> rows = new ArrayList<>();
        for (RejectReason reason : RejectReason.values()) {
            if (source.canBeRejectedFor(reason) || counts.rejected(reason) > 0) {
                rows.add(reasonRow(source, reason, counts));
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
        return rows;
    }

    private Row reasonRow(Source source, RejectReason reason, RowCounts counts) {
        long read = counts.rows(RowCounts.READ);
        long failed = counts.rejected(reason);
        String description = texts.text("clean.reason." + reason.code());
        return row(
                source,
                reason.code(),
                read,
                failed,
                failed == 0 ? PASS : WARN,
                texts.text("clean.check.reason", failed, read, description));
    }

    private Row row(Source source, String check, long rows, long failed, String verdict, String explanation) {
        double failedRate = rows == 0 ? 0 : Math.min(1, (double) failed / rows);
        return RowFactory.create(
                Date.valueOf(day), source.folder(), check, rows, failed, failedRate, verdict, explanation);
    }
}
