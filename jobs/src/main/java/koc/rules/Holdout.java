package koc.rules;

import static org.apache.spark.sql.functions.max;

import java.time.LocalDate;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** When the holdout begins: the days that portraits do not know, on which fit and recommendations are measured. */
public final class Holdout {
    private Holdout() {}

    /**
     * The last day before the holdout: the latest day that a holdout portrait has seen, so that none knows a day of the
     * holdout. Empty without holdout portraits.
     *
     * @param holdoutPortraits holdout_portraits of a run date
     */
    public static Optional<LocalDate> lastDayBefore(Dataset<Row> holdoutPortraits) {
        Row latest = holdoutPortraits.agg(max("as_of")).head();
        return latest.isNullAt(0)
                ? Optional.empty()
                : Optional.of(latest.getDate(0).toLocalDate());
    }
}
