package koc.recommend.explain;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.exp;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.negate;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.try_divide;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import koc.recommend.RecommendInputs;
import koc.recommend.RecommendSettings;
import koc.recommend.TargetEvent;
import koc.recommend.rank.SharingEffect;
import koc.rules.CommissionRates;
import koc.rules.DayWindow;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * Adds what to compare extra_buyers_if_shared with: commission, usual sales, earlier posts, the chance that nobody
 * buys.
 */
final class ShareCaveats {
    /** Days over which the usual sales of a product are counted. */
    private static final int DAYS = 90;
    /** A forecast above this many times what a post of the KOC added on average is far above their record. */
    private static final double FAR_ABOVE = 2;
    /** What a commission costs the brand / what the KOC gets: 1, because an inviter's part is left out here. */
    private static final double COST_FACTOR_WITHOUT_INVITER = 1;

    private ShareCaveats() {}

    /**
     * Adds unit_commission, usual_buyers, is_above_record and no_buyer_chance to rows with the columns of
     * koc_recommendations.
     */
    static Dataset<Row> addTo(Dataset<Row> rows, RecommendInputs inputs, RecommendSettings settings) {
        String[] product = {"product_id"};
        return rows.join(unitCommissions(inputs.products(), inputs.day(), settings), product, "left")
                .join(dailyBuyers(inputs), product, "left")
                .withColumn(
                        "usual_buyers", coalesce(col("daily_buyers"), lit(0.0)).multiply(col("extra_days")))
                .withColumn("is_above_record", isAboveRecord())
                .withColumn("no_buyer_chance", noBuyerChance(settings.horizonDays()));
    }

    /**
     * product_id and unit_commission: price x the commission rate for its margin on the day, without a factor for best
     * sellers; null without a price or a margin. Example: a product of 100 with a margin of 34 has the rate .08, so 8
     * of the 34 are commission.
     */
    static Dataset<Row> unitCommissions(Dataset<Row> products, LocalDate day, RecommendSettings settings) {
        Dataset<Row> lines = products.select(
                col("product_id"),
                col("price"),
                lit(day).as("purchased_on"),
                try_divide(col("unit_margin").cast("double"), col("price").cast("double"))
                        .as("margin_rate"),
                lit(null).cast(DataTypes.DoubleType).as("sales_position"));
        return new CommissionRates(settings.commissionRules(), COST_FACTOR_WITHOUT_INVITER)
                .add(lines)
                .select(
                        col("product_id"),
                        when(col("margin_rate").isNotNull(), col("price").multiply(col("rate")))
                                .cast(DataTypes.createDecimalType(18, 2))
                                .as("unit_commission"));
    }

    private static Dataset<Row> dailyBuyers(RecommendInputs inputs) {
        return dailyBuyers(inputs.productDays(), inputs.event(), inputs.products(), inputs.historyFrom(), inputs.day());
    }

    /**
     * product_id and daily_buyers: the mean number of buyers a day over the last 90 days, or over fewer with a shorter
     * history or a later launch. A user who bought twice in a day counts once.
     *
     * @param products product_id, launched_on (which may be null)
     */
    static Dataset<Row> dailyBuyers(
            Dataset<Row> productDays, TargetEvent event, Dataset<Row> products, LocalDate historyFrom, LocalDate day) {
        int history = (int) Math.min(DAYS, ChronoUnit.DAYS.between(historyFrom, day) + 1);
        Column sinceLaunch = datediff(lit(day), col("launched_on")).plus(1);
        Column days = least(lit(history), greatest(lit(1), coalesce(sinceLaunch, lit(history))));
        return productDays
                .where(DayWindow.includes(col("day"), day, DAYS))
                .groupBy("product_id", "day", "user_id")
                .agg(sum(event.units()).as("units"))
                .where("units > 0")
                .groupBy("product_id")
                .agg(count(lit(1)).as("buyers"))
                .join(products.select("product_id", "launched_on"), new String[] {"product_id"}, "inner")
                .select(col("product_id"), col("buyers").divide(days).as("daily_buyers"));
    }

    /**
     * What a product post of the KOC added on average, from the columns of koc_ranking; null without a post that was
     * measured. Example: 12 posts that added 5 buyers added .42 each.
     */
    static Column extraBuyersPerPost() {
        return try_divide(col("extra_buyers_90d"), col("product_shares_90d"));
    }

    /** Whether the forecast is far above what a post of the KOC added on average; a mean below 0 counts as 0. */
    static Column isAboveRecord() {
        Column perPost = greatest(lit(0.0), col("usual_extra_buyers"));
        return when(
                col("usual_extra_buyers").isNotNull(),
                col("extra_buyers_if_shared").gt(perPost.multiply(FAR_ABOVE)));
    }

    /**
     * The chance that nobody of the pool buys in the days after a share: exp(-expected), if members buy independently.
     * Example: .3 buy anyway and a share adds 1.1, so 1.4 are expected and the chance is .25.
     */
    static Column noBuyerChance(int horizonDays) {
        Column expected = SharingEffect.buyersAnyway(horizonDays).plus(col("extra_buyers_if_shared"));
        return when(expected.isNotNull(), exp(negate(greatest(lit(0.0), expected))));
    }
}
