package koc.economics.commission;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.min_by;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import koc.tables.CommissionTables;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/** The monthly competition: the rank of each KOC by net sales, and the tier reached. */
final class Competition {
    private static final String MONEY = "decimal(18,2)";

    private Competition() {}

    /** Net sales of KOCs by month: koc_id, month and net_sales above 0. */
    static Dataset<Row> sales(Dataset<Row> statements) {
        return statements.where("net_sales > 0").select("koc_id", "month", "net_sales");
    }

    /**
     * The rows of competition.
     *
     * @param sales as {@link #sales} returns them
     * @param bars as {@link CompetitionBars#compute} returns them
     */
    static Dataset<Row> compute(Dataset<Row> sales, Dataset<Row> bars, Periods periods) {
        Column isReached = col("net_sales").geq(col("bar"));
        Column tier = struct(col("tier"), col("prize"), col("bar"));
        Column rank = row_number()
                .over(Window.partitionBy("month").orderBy(col("net_sales").desc(), col("koc_id")));
        Dataset<Row> rows = sales.join(
                        bars.select("month", "tier", "prize", "bar", "reachable_by"), new String[] {"month"}, "left")
                .groupBy("month", "koc_id", "net_sales")
                .agg(
                        min_by(when(isReached, tier), when(isReached, col("reachable_by")))
                                .as("reached"),
                        max_by(
                                        when(isReached.equalTo(false), tier),
                                        when(isReached.equalTo(false), col("reachable_by")))
                                .as("next"))
                .withColumn("rank", rank)
                .withColumn("tier", col("reached.tier"))
                .withColumn("prize", coalesce(col("reached.prize"), lit(0)).cast(MONEY))
                .withColumn("next_tier", col("next.tier"))
                .withColumn(
                        "missing_net_sales",
                        col("next.bar").minus(col("net_sales")).cast(MONEY));
        return Statements.select(CommissionTables.COMPETITION, rows, periods);
    }
}
