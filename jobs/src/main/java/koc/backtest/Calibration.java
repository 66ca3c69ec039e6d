package koc.backtest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.ntile;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;

/** Whether as many members bought as were forecast, for small forecasts and for large ones. */
final class Calibration {
    private Calibration() {}

    /**
     * List grain -> recommender x decile grain. All lists count, those of pools that bought nothing too: to leave these
     * out would be to count only where buyers were found.
     *
     * @param listed as {@link Lists#withOutcome} returns it, with the cutoff; recommenders without forecasts are left out
     */
    static Dataset<Row> deciles(Dataset<Row> listed, LocalDate day) {
        return listed.where("expected_buyers IS NOT NULL")
                .withColumn(
                        "decile",
                        ntile(10)
                                .over(Window.partitionBy("recommender")
                                        .orderBy("expected_buyers", "koc_id", "product_id", "cutoff")))
                .groupBy("recommender", "decile")
                .agg(
                        count(lit(1)).as("recommendations"),
                        min("expected_buyers").as("least_expected"),
                        max("expected_buyers").as("most_expected"),
                        sum(col("expected_buyers").cast(JudgedKocs.EXACT))
                                .cast(DataTypes.DoubleType)
                                .as("expected_buyers"),
                        sum("observed_buyers").as("observed_buyers"),
                        sum("returned_buyers").as("returned_buyers"))
                .withColumn("day", lit(day))
                .withColumn(
                        "calibration",
                        when(
                                col("observed_buyers").gt(0),
                                col("expected_buyers").divide(col("observed_buyers"))));
    }
}
