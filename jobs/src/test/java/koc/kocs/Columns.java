package koc.kocs;

import java.util.Arrays;
import java.util.List;
import koc.tables.Frame;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** Names and types of columns, to compare a data set with its declaration. */
public final class Columns {
    private Columns() {}

    public static List<String> of(Dataset<Row> rows) {
        return of(rows.schema());
    }

    public static List<String> of(Frame frame) {
        return of(frame.schema());
    }

    private static List<String> of(StructType schema) {
        return Arrays.stream(schema.fields())
                .map(field -> field.name() + " " + field.dataType().catalogString())
                .toList();
    }
}
