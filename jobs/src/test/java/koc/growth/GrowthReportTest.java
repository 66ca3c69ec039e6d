package koc.growth;

import java.util.List;
import koc.SparkTest;
import koc.warehouse.Table;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** Rows of the frames between the steps of the growth reports, and results as text. */
public abstract class GrowthReportTest extends SparkTest {
    /** Rows of a frame from an aligned text table, as {@link SparkTest#rows} reads them. */
    public static Dataset<Row> frame(StructType schema, String text) {
        return rows(Table.named("frame").columns(schema.toDDL()), text);
    }

    /** The rows as text, {@code [a,b,c]} each. */
    public static List<String> text(Dataset<Row> rows) {
        return rows.collectAsList().stream().map(Row::toString).toList();
    }
}
