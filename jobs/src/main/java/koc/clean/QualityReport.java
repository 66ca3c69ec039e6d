package koc.clean;

import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import koc.text.Texts;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** What the counts of a source say of it, check by check, as rows of data_quality. */
final class QualityReport {
    private static final String PASS = "pass";
    private static final String WARN = "warn";
    private static final String FAIL = "fail";

    private final double rejectLimit;
    private final Texts texts;

    QualityReport(double rejectLimit, Texts texts) {
        this.rejectLimit = rejectLimit;
        this.texts = texts;
    }

    /** One row for each reason that can apply to the source, one for the closing of its counts, one for the limit. */
    List<Row> rows(LocalDate day, Source source, Tally tally) {
        List<Row> rows = new ArrayList<>();
        long read = tally.rows(Tally.READ);
        for (RejectReason reason : RejectReason.values()) {
            long failed = tally.rejected(reason);
            if (source.canFail(reason) || failed > 0) {
                String words = texts.text("clean.reason." + reason.code());
                rows.add(row(
                        day,
                        source,
                        reason.code(),
                        read,
                        failed,
                        failed == 0 ? PASS : WARN,
                        texts.text("clean.check.reason", failed, read, words)));
            }
        }
        long missing = tally.missing();
        rows.add(row(
                day,
                source,
                "counts_close",
                read,
                missing,
                missing == 0 ? PASS : FAIL,
                texts.text(
                        "clean.check.counts_close",
                        read,
                        tally.rows(Tally.KEPT),
                        tally.rejected(),
                        tally.rows(Tally.LATER))));
        long judged = read - tally.rows(Tally.LATER);
        rows.add(row(
                day,
                source,
                "reject_limit",
                judged,
                tally.againstLimit(),
                tally.rejectedShare() > rejectLimit ? FAIL : PASS,
                texts.text("clean.check.reject_limit", 100 * tally.rejectedShare(), 100 * rejectLimit)));
        return rows;
    }

    private static Row row(
            LocalDate day, Source source, String check, long rows, long failed, String verdict, String explanation) {
        double share = rows == 0 ? 0 : Math.min(1, (double) failed / rows);
        return RowFactory.create(Date.valueOf(day), source.folder(), check, rows, failed, share, verdict, explanation);
    }
}
