package koc.recommend.explain;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.exp;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.negate;
import static org.apache.spark.sql.functions.try_divide;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import koc.recommend.RecommendInputs;
import koc.recommend.RecommendSettings;
import koc.recommend.TargetEvent;
import koc.rules.CommissionRates;
import koc.rules.DayWindow;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/** What tempers the promise of a share: the commission that it costs, what usually sells, and the chance of no buyer. */
final class SharePromise {
    /** Days over which the usual sales of a product are counted. */
    private static final int DAYS = 90;
    /** An inviter's part is not counted. */
    private static final double WITHOUT_INVITER = 1;

    private SharePromise() {}

    /** Adds unit_commission, usual_buyers and no_buyer_chance to rows with the columns of koc_recommendations. */
    static Dataset<Row> addTo(Dataset<Row> rows, RecommendInputs inputs, RecommendSettings settings) {
        String[] product = {"product_id"};
        return rows.join(unitCommissions(inputs.products(), inputs.day(), settings), product, "left")
                .join(
                        dailyBuyers(inputs.productDays(), inputs.event(), inputs.historyFrom(), inputs.day()),
                        product,
                        "left")
                .withColumn(
                        "usual_buyers", coalesce(col("daily_buyers"), lit(0.0)).multiply(col("extra_days")))
                .withColumn("no_buyer_chance", noBuyerChance());
    }

    /**
     * product_id and unit_commission: price x rate of its margin on the day, without a factor for best sellers. Example: a
     * product of 100 with a margin of 34 has the rate .08, so 8 of the 34 are commission.
     */
    static Dataset<Row> unitCommissions(Dataset<Row> products, LocalDate day, RecommendSettings settings) {
        Dataset<Row> lines = products.select(
                col("product_id"),
                col("price"),
                lit(day).as("purchased_on"),
                try_divide(col("unit_margin").cast("double"), col("price").cast("double"))
                        .as("margin_rate"),
                lit(null).cast(DataTypes.DoubleType).as("sales_position"));
        return new CommissionRates(settings.commissionRules(), WITHOUT_INVITER)
                .add(lines)
                .select(
                        col("product_id"),
                        col("price")
                                .multiply(col("rate"))
                                .cast(DataTypes.createDecimalType(18, 2))
                                .as("unit_commission"));
    }

    /** product_id and daily_buyers: buyers a day among all users in the last 90 days, or in the history if it is shorter. */
    static Dataset<Row> dailyBuyers(Dataset<Row> productDays, TargetEvent event, LocalDate historyFrom, LocalDate day) {
        long history = ChronoUnit.DAYS.between(historyFrom, day) + 1;
        return productDays
                .where(event.units().gt(0))
                .where(DayWindow.includes(col("day"), day, DAYS))
                .groupBy("product_id")
                .agg(count(lit(1)).divide(Math.min(DAYS, history)).as("daily_buyers"));
    }

    /**
     * The chance that nobody of the pool buys in the days after a share: exp(-expected), if members buy independently.
     * Example: .3 buy anyway and a share adds 1.1, so 1.4 are expected and the chance is .25.
     */
    static Column noBuyerChance() {
        Column anyway = col("expected_buyers")
                .minus(col("from_influence"))
                .multiply(col("extra_days"))
                .divide(col("horizon_days"));
        Column expected = anyway.plus(col("extra_buyers_if_shared"));
        return when(expected.isNotNull(), exp(negate(greatest(lit(0.0), expected))));
    }
}
