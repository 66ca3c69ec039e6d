package koc.growth.leads;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.row_number;

import koc.growth.GrowthKocs;
import koc.growth.GrowthSettings;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/** How many leads each KOC gets: better KOCs get more, and nobody more than their pool has room for. */
public final class LeadCapacity {
    private LeadCapacity() {}

    /**
     * KOCs -> those who may acquire users, with max_leads: a count above 0.
     *
     * <p>It falls in equal steps from {@code maxPerKoc} for the best score to {@code minPerKoc} for the last, and is
     * at most {@code maxPool} less the size of the pool. Worked: with 20, 5 and 500, the second of four KOCs gets 5 +
     * 15 x 2 / 3 = 15 leads, and only 10 with a pool of 490.
     *
     * @param kocs {@link GrowthKocs#KOCS}; KOCs who are not ready get no leads, because they must know the products
     *     first
     */
    public static Dataset<Row> measure(Dataset<Row> kocs, GrowthSettings.Leads leads) {
        // Some thousand rows at most, so that one partition suffices.
        Column position = row_number()
                .over(Window.orderBy(
                        col("score").desc_nulls_last(), col("koc_id").asc()));
        Column worse = col("recruiters").minus(col("position"));
        Column others = greatest(lit(1), col("recruiters").minus(1));
        Column byRank = lit(leads.maxPerKoc())
                .minus(round(lit(leads.maxPerKoc() - leads.minPerKoc())
                        .multiply(others.minus(worse))
                        .divide(others)));
        return kocs.where(col("is_ready"))
                .withColumn("position", position)
                .withColumn("recruiters", count(lit(1)).over(Window.partitionBy()))
                .withColumn(
                        "max_leads",
                        least(byRank, lit(leads.maxPool()).minus(col("pool_size")))
                                .cast("int"))
                .where("max_leads > 0")
                .drop("position", "recruiters");
    }
}
