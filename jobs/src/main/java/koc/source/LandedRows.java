package koc.source;

import java.util.List;
import java.util.SortedSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The rows of a source as they landed.
 *
 * @param parts the rows, a part for each way in which the files are written; every part has the known columns that its
 *     files hold, under our names, and {@link LandingReader#FILE}, {@link LandingReader#ARRIVED} and
 *     {@link LandingReader#MALFORMED}
 * @param unknownColumns the columns of the files that the pipeline does not use
 */
public record LandedRows(List<Dataset<Row>> parts, SortedSet<String> unknownColumns) {
    public LandedRows {
        parts = List.copyOf(parts);
    }
}
