package koc.source;

import java.util.List;
import java.util.SortedSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The rows of a source as they landed.
 *
 * @param parts the rows: one part for all CSV and JSON files, and one for each schema of Parquet files. A part has those
 *     columns of the source that its files contain, and {@link LandingReader#FILE}, {@link LandingReader#ARRIVED},
 *     {@link LandingReader#MALFORMED} and {@link LandingReader#COVERED}
 * @param unknownColumns the columns of the files that the pipeline does not use
 * @param notes what a person should know about the files
 */
public record LandedRows(List<Dataset<Row>> parts, SortedSet<String> unknownColumns, List<String> notes) {
    public LandedRows {
        parts = List.copyOf(parts);
        notes = List.copyOf(notes);
    }
}
