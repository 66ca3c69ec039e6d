package koc.backtest;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/** Repeats rows for every slice of KOCs that they belong to. */
final class Slices {
    private Slices() {}

    /** Needs cutoff, portrait, level and pool_band -> five rows for each row, with slice_kind and slice. */
    static Dataset<Row> repeatBySlice(Dataset<Row> rows) {
        return rows.withColumn(
                        "slice_struct",
                        explode(array(
                                slice("all", lit("all")),
                                slice("cutoff", col("cutoff").cast(DataTypes.StringType)),
                                slice("portrait", col("portrait")),
                                slice("level", col("level")),
                                slice("pool_size", col("pool_band")))))
                .withColumn("slice_kind", col("slice_struct.kind"))
                .withColumn("slice", col("slice_struct.name"))
                .drop("slice_struct");
    }

    private static Column slice(String kind, Column name) {
        return struct(lit(kind).as("kind"), name.as("name"));
    }
}
