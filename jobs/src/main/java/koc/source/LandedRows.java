package koc.source;

import java.util.List;
import java.util.SortedSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The rows of a source as they landed.
 *
 * @param parts the rows, one part for each layout of files. A part has those columns of the source that its files contain,
 *     and {@link LandingReader#FILE}, {@link LandingReader#ARRIVED} and {@link LandingReader#MALFORMED}
 * @param unknownColumns the columns of the files that the pipeline does not use
 */
public record LandedRows(List<Dataset<Row>> parts, SortedSet<String> unknownColumns) {
    public LandedRows {
        parts = List.copyOf(parts);
    }
}
