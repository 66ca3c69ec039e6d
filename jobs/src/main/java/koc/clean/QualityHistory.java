package koc.clean;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import koc.tables.CleanTables;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Row;

/** The checks of data_quality at the previous run, against which those of a run are compared. */
final class QualityHistory {
    private final Map<List<String>, CheckCounts> counts = new HashMap<>();

    /** The checks of the latest run before the day; none at the first run. */
    static QualityHistory read(Warehouse warehouse, LocalDate day) {
        QualityHistory history = new QualityHistory();
        for (Row row : warehouse
                .readPrevious(CleanTables.DATA_QUALITY, day)
                .select("source", "check_name", "rows", "failed")
                .collectAsList()) {
            history.add(row.getString(0), row.getString(1), new CheckCounts(row.getLong(2), row.getLong(3)));
        }
        return history;
    }

    void add(String source, String check, CheckCounts counted) {
        counts.put(List.of(source, check), counted);
    }

    /** The counts of a check at the previous run; empty when it did not exist. */
    Optional<CheckCounts> counts(String source, String check) {
        return Optional.ofNullable(counts.get(List.of(source, check)));
    }
}
