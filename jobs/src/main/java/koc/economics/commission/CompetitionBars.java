package koc.economics.commission;

import static org.apache.spark.sql.functions.add_months;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.percentile;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import koc.tables.CommissionTables;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Sets the bars of the monthly competition by the sales of earlier months.
 *
 * <p>The bar of a tier that a fraction f can reach is the quantile 1 - f of the monthly net sales above 0 of single
 * KOCs in the months before. Example: with sales of 100, 200, ... 1000 and f = .3, the bar is 730: three of ten sold
 * more.
 */
final class CompetitionBars {
    private static final String MONEY = "decimal(18,2)";

    private final CommissionSettings.Competition settings;
    private final Periods periods;

    CompetitionBars(CommissionSettings.Competition settings, Periods periods) {
        this.settings = settings;
        this.periods = periods;
    }

    /** The month of the first purchase in the ledger if that was on its first day, else the month after. */
    static LocalDate firstWholeMonth(Dataset<Row> ledger, LocalDate day) {
        Row earliest = ledger.agg(min("purchased_on")).head();
        LocalDate first =
                earliest.isNullAt(0) ? day : LocalDate.parse(earliest.get(0).toString());
        return first.minusDays(1).withDayOfMonth(1).plusMonths(1);
    }

    /**
     * The bars of each month: month, tier, reachable_by, bar, prize, koc_months. Empty for months with too few sales
     * before.
     *
     * @param sales koc_id, month and net_sales above 0
     * @param firstWholeMonth first day of the first month that the ledger covers in whole
     */
    Dataset<Row> compute(Dataset<Row> sales, LocalDate firstWholeMonth) {
        List<Column> tiers = new ArrayList<>();
        Column value = col("net_sales").cast("double");
        Dataset<Row> months = sales.select("month").distinct();
        Dataset<Row> before = sales.where(col("month").geq(lit(firstWholeMonth)))
                .select(col("month").as("earlier"), col("net_sales"));
        for (CommissionSettings.Tier tier : settings.tiers()) {
            tiers.add(struct(
                    lit(tier.name()).as("tier"),
                    lit(tier.reachableBy()).as("reachable_by"),
                    lit(tier.prize()).cast(MONEY).as("prize"),
                    round(percentile(value, lit(1 - tier.reachableBy())), 2)
                            .cast(MONEY)
                            .as("bar")));
        }
        Column isBefore = col("earlier")
                .lt(col("month"))
                .and(col("earlier").geq(add_months(col("month"), -settings.historyMonths())));
        return months.join(before, isBefore, "inner")
                .groupBy("month")
                .agg(
                        count(lit(1)).as("koc_months"),
                        array(tiers.toArray(Column[]::new)).as("tiers"))
                .where(col("koc_months").geq(settings.minKocMonths()))
                .withColumn("bar", explode(col("tiers")))
                .select("month", "koc_months", "bar.*");
    }

    /**
     * The rows of competition_bars.
     *
     * @param bars as {@link #compute} returns them
     * @param sales koc_id, month and net_sales above 0
     */
    Dataset<Row> countReached(Dataset<Row> bars, Dataset<Row> sales) {
        Dataset<Row> counted = bars.join(sales.select("month", "koc_id", "net_sales"), new String[] {"month"}, "left")
                .groupBy("month", "koc_months", "tier", "reachable_by", "prize", "bar")
                .agg(
                        count("koc_id").as("kocs"),
                        coalesce(count_if(col("net_sales").geq(col("bar"))), lit(0L))
                                .as("reached"))
                .withColumn(
                        "reached_rate",
                        when(col("kocs").gt(0), round(col("reached").divide(col("kocs")), 4)));
        return Statements.select(CommissionTables.COMPETITION_BARS, counted, periods);
    }
}
