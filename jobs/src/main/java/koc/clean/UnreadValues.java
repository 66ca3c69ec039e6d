package koc.clean;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import koc.tables.CleanTables;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/** Writes and reports the values that could not be read or could not be right and were left out of rows that were kept. */
final class UnreadValues {
    /** Columns named in the note of a source. */
    private static final int REPORTED_COLUMNS = 5;

    private final CleanRun cleanRun;
    private final ArrivalCounts counts;

    /** @param counts as {@link RowTotals#counts} returns them */
    UnreadValues(CleanRun cleanRun, ArrivalCounts counts) {
        this.cleanRun = cleanRun;
        this.counts = counts;
    }

    /** Replaces the rows of the cleaned arrivals in the table unread_values. Sources without such values are not read. */
    void write(Collection<CleanedSource> sources) {
        // A few rows: one for each column and arrival.
        List<Row> unread = sources.stream()
                .filter(cleaned -> !columns(cleaned.source()).isEmpty())
                .flatMap(cleaned -> sample(cleaned).collectAsList().stream())
                .toList();
        cleanRun.warehouse()
                .write(
                        CleanTables.UNREAD_VALUES,
                        unread,
                        ArrivalCounts.replacedRows(
                                sources.stream().map(CleanedSource::arrivals).toList()));
    }

    /** Says for each source which columns have such values. */
    void report(Collection<CleanedSource> sources) {
        for (CleanedSource cleaned : sources) {
            List<Map.Entry<String, Long>> columns = columns(cleaned.source());
            if (!columns.isEmpty()) {
                String most = String.join(
                        ", ",
                        columns.stream()
                                .limit(REPORTED_COLUMNS)
                                .map(entry -> entry.getKey() + " in " + entry.getValue() + " rows")
                                .toList());
                cleanRun.note(
                        cleaned.source().folder() + ": values that cannot be read or cannot be right are left out: "
                                + most + "; the table unread_values has samples");
            }
        }
    }

    /** The columns with values that were left out, and their rows; most first. */
    private List<Map.Entry<String, Long>> columns(Source source) {
        RowCounts ofSource = counts.counts(source);
        return ofSource.checks().stream()
                .filter(Remarks::isUnreadCheck)
                .map(check -> Map.entry(Remarks.column(check), ofSource.rows(check)))
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .toList();
    }

    /** Landing rows of one source, as {@link RowChecks} returns them -> one row per arrival, column and reason. */
    private static Dataset<Row> sample(CleanedSource cleaned) {
        Source source = cleaned.source();
        Column value = source.landed().stream()
                .map(field -> field.name())
                .filter(name -> !source.mustBeReadable().contains(name) && !Source.isId(name))
                .reduce(
                        lit(null).cast(DataTypes.StringType),
                        (values, name) -> when(col("field").equalTo(name), RowChecks.landedText(source, name))
                                .otherwise(values),
                        (first, second) -> first);
        return cleaned.readRows()
                .where(Remarks.hasUnread())
                .withColumn("remark", explode(Remarks.unread()))
                .withColumn("field", Remarks.field(col("remark")))
                .withColumn("reason", Remarks.reason(col("remark")))
                .groupBy(col("arrived"), lit(source.folder()).as("source"), col("field"), col("reason"))
                .agg(
                        count(lit(1)).as("rows"),
                        min(struct(col(RowChecks.FILE), coalesce(value, lit("")).as("value")))
                                .as("first"))
                .select("arrived", "source", "field", "reason", "rows", "first.file", "first.value");
    }
}
