package koc.clean;

import static org.apache.spark.sql.functions.col;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The landing rows of one source in one run, as {@link RowChecks#check} returns them.
 *
 * @param arrivals the arrivals that are cleaned
 * @param readRows every row that was read, to count them
 * @param finalRows the same rows with their final verdicts
 */
record CleanedSource(SourceArrivals arrivals, Dataset<Row> readRows, Dataset<Row> finalRows) {
    Source source() {
        return arrivals.source();
    }

    /** The accepted rows, with the columns of the source's table. */
    Dataset<Row> accepted() {
        Column[] columns =
                source().table().columnNames().stream().map(name -> col(name)).toArray(Column[]::new);
        return finalRows.where(Verdict.isAccepted()).select(columns);
    }
}
