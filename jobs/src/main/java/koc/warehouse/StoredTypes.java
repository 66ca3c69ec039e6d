package koc.warehouse;

import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.DateType;
import io.delta.kernel.types.DecimalType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StringType;
import java.time.LocalDate;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** The types of columns in Delta Kernel, and their values in {@link StoredRow}. */
final class StoredTypes {
    private static final DataType DOUBLES = DataTypes.createArrayType(DataTypes.DoubleType);

    private StoredTypes() {}

    /** Whether rows have values of this type: instants, structs and arrays other than of doubles are left out. */
    static boolean isReadable(DataType type) {
        return type.equals(DataTypes.StringType)
                || type.equals(DataTypes.DoubleType)
                || type.equals(DataTypes.LongType)
                || type.equals(DataTypes.IntegerType)
                || type.equals(DataTypes.BooleanType)
                || type.equals(DataTypes.DateType)
                || type.sameType(DOUBLES)
                || type instanceof org.apache.spark.sql.types.DecimalType;
    }

    /** The type of a readable column in Delta Kernel. */
    static io.delta.kernel.types.DataType type(DataType type) {
        if (type instanceof org.apache.spark.sql.types.DecimalType decimal) {
            return new DecimalType(decimal.precision(), decimal.scale());
        }
        if (type.sameType(DOUBLES)) {
            return new ArrayType(DoubleType.DOUBLE, true);
        }
        return switch (type.typeName()) {
            case "string" -> StringType.STRING;
            case "double" -> DoubleType.DOUBLE;
            case "long" -> LongType.LONG;
            case "integer" -> IntegerType.INTEGER;
            case "boolean" -> BooleanType.BOOLEAN;
            case "date" -> DateType.DATE;
            default -> throw new IllegalArgumentException("no stored row has the type " + type);
        };
    }

    /** The value of a row, which is not null. */
    static Object value(ColumnVector column, int row) {
        io.delta.kernel.types.DataType type = column.getDataType();
        if (type instanceof StringType) {
            return column.getString(row);
        }
        if (type instanceof DoubleType) {
            return column.getDouble(row);
        }
        if (type instanceof LongType) {
            return column.getLong(row);
        }
        if (type instanceof IntegerType) {
            return column.getInt(row);
        }
        if (type instanceof BooleanType) {
            return column.getBoolean(row);
        }
        if (type instanceof DateType) {
            return LocalDate.ofEpochDay(column.getInt(row));
        }
        return type instanceof ArrayType ? doubles(column.getArray(row).getElements()) : column.getDecimal(row);
    }

    private static double[] doubles(ColumnVector elements) {
        double[] values = new double[elements.getSize()];
        for (int i = 0; i < values.length; i++) {
            values[i] = elements.getDouble(i);
        }
        return values;
    }
}
