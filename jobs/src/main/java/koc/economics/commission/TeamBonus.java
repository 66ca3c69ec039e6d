package koc.economics.commission;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import koc.tables.CommissionTables;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * Divides one bonus fund a month among the best teams, in proportion to their net sales.
 *
 * <p>Fund = rate x net sales of all teams, at most its cap. Example: 1% of 30,000 is 300; teams with 15,000, 10,000 and
 * 5,000 get 150, 100 and 50.
 */
final class TeamBonus {
    private static final String MONEY = "decimal(18,2)";

    private TeamBonus() {}

    /**
     * The rows of team_bonus, for the months of the statements.
     *
     * @param statements commission_statement of the day
     * @param users user_id and team_id
     */
    static Dataset<Row> compute(
            Dataset<Row> statements, Dataset<Row> users, CommissionSettings.Team settings, Periods periods) {
        Dataset<Row> teams = statements
                .join(users.select(col("user_id").as("koc_id"), col("team_id")), new String[] {"koc_id"}, "inner")
                .where("team_id IS NOT NULL")
                .groupBy("month", "team_id")
                .agg(count(lit(1)).as("kocs"), sum("net_sales").cast(MONEY).as("net_sales"))
                .where("net_sales > 0");
        Column allSales = sum("net_sales").over(Window.partitionBy("month"));
        Column fund = least(
                round(allSales.multiply(lit(settings.fundRate()).cast("decimal(7,6)")), 2),
                lit(settings.maxFund()).cast(MONEY));
        Column rank = row_number()
                .over(Window.partitionBy("month").orderBy(col("net_sales").desc(), col("team_id")));
        Dataset<Row> ranked = teams.withColumn("bonus_fund", fund.cast(MONEY)).withColumn("rank", rank);
        Column weight = when(
                        col("rank").leq(settings.topTeams()), col("net_sales").multiply(100))
                .otherwise(lit(0));
        Dataset<Row> divided = LargestRemainder.divide(ranked, "month", "team_id", "bonus_fund", weight, "bonus");
        return Statements.select(
                CommissionTables.TEAM_BONUS,
                divided.withColumn("bonus", coalesce(col("bonus"), lit(0)).cast(MONEY)),
                periods);
    }
}
