package koc.warehouse;

import static org.apache.spark.sql.functions.col;

import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;

/**
 * How numbers are published: money with 2 decimals, other numbers with 4, as people read them. The warehouse keeps all
 * digits, so that jobs and backtests compute with exact numbers.
 *
 * <p>Worked: a rate of 0.16153205661948378 is published as 0.1615, and a price of 12.3450 as 12.35.
 */
public final class PublishedNumbers {
    /** Decimals of rates, scores and other doubles, unless the table declares others. */
    public static final int DECIMALS = 4;

    private static final int MONEY_DECIMALS = 2;

    private PublishedNumbers() {}

    /** The declared columns of the table with their comments, rounded as they are published. */
    public static Dataset<Row> round(Table table, Dataset<Row> rows) {
        Column[] columns = Arrays.stream(table.publishedSchema().fields())
                .map(field -> rounded(
                                col(field.name()),
                                table.column(field.name()).dataType(),
                                table.publishedDecimals().getOrDefault(field.name(), DECIMALS))
                        .as(field.name(), field.metadata()))
                .toArray(Column[]::new);
        return rows.select(columns);
    }

    private static Column rounded(Column value, DataType type, int decimals) {
        return type.equals(DataTypes.DoubleType) ? functions.round(value, decimals) : value.cast(type(type));
    }

    /** The type of a column when it is published. */
    static DataType type(DataType type) {
        return type instanceof DecimalType money && money.scale() > MONEY_DECIMALS
                ? DataTypes.createDecimalType(money.precision(), MONEY_DECIMALS)
                : type;
    }
}
