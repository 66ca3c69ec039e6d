package koc;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import koc.config.Configuration;
import koc.spark.Session;
import koc.tables.Frame;
import koc.warehouse.Table;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** One Spark session for all tests, and rows from aligned text tables. */
public abstract class SparkTest {
    protected static final Config DEFAULTS = Configuration.load(null, List.of());
    protected static final SparkSession SPARK = session();

    private static SparkSession session() {
        System.setProperty("spark.master", "local[2]");
        System.setProperty("spark.ui.enabled", "false");
        System.setProperty("spark.sql.warehouse.dir", "target/spark-warehouse");
        Session.LOCAL_FILES.forEach(System::setProperty);
        // A dozen rows are planned like small input of a run, and interpreted. WholeRunTest also plans otherwise.
        System.setProperty("spark.sql.shuffle.partitions", "1");
        System.setProperty("spark.sql.adaptive.enabled", "false");
        System.setProperty("spark.sql.codegen.wholeStage", "false");
        System.setProperty("spark.sql.codegen.factoryMode", "NO_CODEGEN");
        // Every sort and hash table allocates a page, 64 MB by default. Tests sort a dozen rows hundreds of times.
        System.setProperty("spark.buffer.pageSize", "1m");
        return Session.start(DEFAULTS);
    }

    /** The defaults with these {@code key=value} settings. */
    protected static Config config(String... settings) {
        return Configuration.load(null, List.of(settings));
    }

    /** Opens the warehouse in this folder. */
    protected static Warehouse openWarehouse(Path folder) {
        return new Warehouse(SPARK, folder.toString());
    }

    /**
     * Rows of a declared table from an aligned text table. The first line names columns. Empty cells and columns that are not
     * named are null. Arrays are written {@code a;b}.
     */
    protected static Dataset<Row> rows(Table table, String text) {
        return rows(table.schema(), text);
    }

    /** Rows of a declared intermediate data set, written like those of a table. */
    protected static Dataset<Row> rows(Frame frame, String text) {
        return rows(frame.schema(), text);
    }

    private static Dataset<Row> rows(StructType schema, String text) {
        List<String> lines =
                text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        String[] names = cells(lines.get(0));
        List<StructField> fields = new ArrayList<>();
        for (String name : names) {
            fields.add(DataTypes.createStructField(name, DataTypes.StringType, true));
        }
        List<Row> data = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            Object[] values = new Object[names.length];
            String[] row = cells(line);
            for (int i = 0; i < names.length; i++) {
                values[i] = i < row.length && !row[i].isEmpty() ? row[i] : null;
            }
            data.add(RowFactory.create(values));
        }
        Dataset<Row> strings = SPARK.createDataFrame(data, new StructType(fields.toArray(StructField[]::new)));
        List<Column> columns = new ArrayList<>();
        for (StructField field : schema.fields()) {
            Column column = List.of(names).contains(field.name())
                    ? cast(functions.col(field.name()), field)
                    : functions.lit(null).cast(field.dataType());
            columns.add(column.as(field.name()));
        }
        return strings.select(columns.toArray(Column[]::new));
    }

    private static Column cast(Column text, StructField field) {
        return field.dataType() instanceof ArrayType
                ? functions.split(text, ";").cast(field.dataType())
                : text.cast(field.dataType());
    }

    private static String[] cells(String line) {
        String[] cells = line.split("\\|", -1);
        for (int i = 0; i < cells.length; i++) {
            cells[i] = cells[i].strip();
        }
        return cells;
    }

    protected static LocalDate day(String text) {
        return LocalDate.parse(text);
    }
}
