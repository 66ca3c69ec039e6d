package koc.report;

import java.math.BigDecimal;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import koc.warehouse.Table;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructField;

/** Rows of tables of which only a few columns matter. */
public final class TableRows {
    private static final Object NULL = new Object();

    private TableRows() {}

    /** Writes rows with these values; the other required columns get a value that means nothing. */
    public static void write(Warehouse warehouse, Table table, LocalDate day, List<Map<String, Object>> rows) {
        warehouse.write(
                table, day, rows.stream().map(values -> row(table, day, values)).toList());
    }

    private static Row row(Table table, LocalDate day, Map<String, Object> values) {
        return RowFactory.create(Stream.of(table.schema().fields())
                .map(field -> values.getOrDefault(field.name(), field.nullable() ? NULL : filler(field, day)))
                .map(value -> value == NULL ? null : value)
                .toArray());
    }

    private static Object filler(StructField field, LocalDate day) {
        DataType type = field.dataType();
        if (type.equals(DataTypes.DateType)) {
            return Date.valueOf(day);
        } else if (type.equals(DataTypes.TimestampType)) {
            return Timestamp.valueOf(day.atStartOfDay());
        } else if (type.equals(DataTypes.LongType)) {
            return 0L;
        } else if (type.equals(DataTypes.IntegerType)) {
            return 1;
        } else if (type.equals(DataTypes.DoubleType)) {
            return 0.5;
        } else if (type.equals(DataTypes.BooleanType)) {
            return true;
        } else if (type instanceof DecimalType) {
            return BigDecimal.ZERO;
        } else if (type instanceof ArrayType) {
            return List.of();
        }
        return field.name();
    }
}
