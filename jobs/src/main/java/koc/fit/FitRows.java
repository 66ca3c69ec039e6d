package koc.fit;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import koc.rules.CategoryPath;
import koc.spark.ExactSums;
import koc.tables.PortraitTables;
import koc.text.Texts;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Puts together the rows of the fit tables. */
final class FitRows {
    private static final String[] PORTRAIT = {"portrait_id"};
    private static final String[] PATH_AND_PORTRAIT = {"path", "portrait_id"};
    /** Buyers' worth of the rate over all history that the rate of new buyers in the window is mixed with. */
    private static final double WINDOW_SHRINKAGE = 5;

    private FitRows() {}

    /**
     * Category x portrait grain: category_portrait_fit.
     *
     * @param lifted cells with lift and fit
     * @param everBought one row a user and category over all history, with portrait_id
     * @param portraits portrait_id, users
     */
    static Dataset<Row> categories(
            Dataset<Row> lifted,
            Dataset<Row> everBought,
            Dataset<Row> portraits,
            LocalDate day,
            FitSettings settings,
            Texts texts) {
        Dataset<Row> counted =
                everBought.groupBy("path", "portrait_id").agg(count(lit(1)).as("history_buyers"));
        Dataset<Row> rates = everyPortrait(counted, portraits, "path").withColumn("buy_rate", rate(lit(1.0), settings));
        return rates.join(lifted.drop("prior_mean"), PATH_AND_PORTRAIT, "left")
                .select(
                        lit(day).as("day"),
                        col("path").as("category"),
                        col("portrait_id"),
                        coalesce(col("buyers"), lit(0L)).as("buyers"),
                        round(coalesce(col("buyers_if_average"), lit(0.0)), 6).as("buyers_if_average"),
                        coalesce(col("lift"), lit(1.0)).as("lift"),
                        coalesce(col("lift_low"), lit(0.0)).as("lift_low"),
                        // Nothing is known: any lift is possible.
                        coalesce(col("lift_high"), lit(100.0)).as("lift_high"),
                        col("buy_rate"),
                        coalesce(col("fit"), lit(0.0)).as("fit"),
                        reason(texts).as("reason"));
    }

    /** Thing x portrait grain, of those with a buyer -> every portrait for every thing, with the numbers of the rate. */
    private static Dataset<Row> everyPortrait(Dataset<Row> counted, Dataset<Row> portraits, String thing) {
        Dataset<Row> totals = counted.groupBy(thing).agg(sum("history_buyers").as("thing_buyers"));
        Dataset<Row> everybody = portraits.agg(sum("users").as("all_users"));
        return totals.crossJoin(broadcast(portraits.crossJoin(everybody)))
                .join(counted, new String[] {thing, "portrait_id"}, "left")
                .withColumn("history_buyers", coalesce(col("history_buyers"), lit(0L)));
    }

    /** (history_buyers + k m) / (users + k), where m is the thing's share among all users times the relative rate. */
    private static Column rate(Column relative, FitSettings settings) {
        Column usual = col("thing_buyers").cast("double").divide(greatest(lit(1L), col("all_users")));
        return round(
                least(
                        lit(1.0),
                        col("history_buyers")
                                .cast("double")
                                .plus(usual.multiply(relative).multiply(settings.rateShrinkage()))
                                .divide(col("users").plus(settings.rateShrinkage() + 1e-9))),
                9);
    }

    /**
     * Product x portrait grain, every product with a buyer: window cells, what they lean on (prior_mean, prior_evidence, basis), and
     * the numbers of the rate.
     *
     * @param cells window cells of products
     * @param everBought one row a user and product over all history, with portrait_id
     * @param categoryFit category_portrait_fit with concentration, what its prior counts, and evidence, that and its counts
     * @param brandFit cells of category and brand with lift, concentration and evidence
     */
    static Dataset<Row> withBackOff(
            Dataset<Row> cells,
            Dataset<Row> everBought,
            Dataset<Row> portraits,
            Dataset<Row> products,
            Dataset<Row> categoryFit,
            Dataset<Row> brandFit,
            FitSettings settings) {
        Dataset<Row> categories = categoryFit.select(
                col("category").as("path"),
                col("portrait_id"),
                col("lift").as("category_lift"),
                col("evidence").as("category_evidence"),
                col("concentration").as("category_concentration"),
                col("buy_rate").as("category_rate"));
        Dataset<Row> usual = categoryFit
                .join(portraits, PORTRAIT, "inner")
                .groupBy(col("category").as("path"))
                .agg(ExactSums.preciseSum(col("buy_rate").multiply(col("users")))
                        .divide(sum("users"))
                        .as("usual_category_rate"));
        Dataset<Row> brands = brandFit.select(
                col("path"),
                col("brand"),
                col("portrait_id"),
                col("lift").as("brand_lift"),
                col("evidence").as("brand_evidence"),
                col("concentration").as("brand_concentration"));
        Dataset<Row> counted = everBought
                .groupBy("product_id", "portrait_id")
                .agg(count(lit(1)).as("history_buyers"));
        Column relative = when(
                        col("usual_category_rate").gt(0), col("category_rate").divide(col("usual_category_rate")))
                .otherwise(lit(1.0));
        return SegmentFit.leaning(everyPortrait(counted, portraits, "product_id")
                .join(products.select("product_id", "path", "brand"), new String[] {"product_id"}, "inner")
                .join(cells, new String[] {"product_id", "portrait_id"}, "left")
                .join(broadcast(categories), PATH_AND_PORTRAIT, "left")
                .join(broadcast(usual), new String[] {"path"}, "left")
                .join(brands, new String[] {"path", "brand", "portrait_id"}, "left")
                .withColumn("buy_rate", rate(coalesce(relative, lit(1.0)), settings))
                .withColumn("buyers", coalesce(col("buyers"), lit(0L)))
                .withColumn("buyers_if_average", coalesce(col("buyers_if_average"), lit(0.0)))
                .withColumn("parent_lift", coalesce(col("brand_lift"), col("category_lift")))
                .withColumn("parent_evidence", coalesce(col("brand_evidence"), col("category_evidence")))
                .withColumn("parent_concentration", coalesce(col("brand_concentration"), col("category_concentration")))
                .withColumn(
                        "basis",
                        when(col("brand_lift").isNotNull(), "category and brand")
                                .when(
                                        CategoryPath.isPresent(col("path"))
                                                .and(col("category_lift").isNotNull()),
                                        "category")
                                .otherwise("everything")));
    }

    /** Product x portrait grain: product_portrait_fit. */
    static Dataset<Row> products(Dataset<Row> lifted, LocalDate day, Texts texts) {
        return lifted.select(
                lit(day).as("day"),
                col("product_id"),
                col("portrait_id"),
                col("buyers"),
                round(col("buyers_if_average"), 6).as("buyers_if_average"),
                col("lift"),
                col("lift_low"),
                col("lift_high"),
                col("history_buyers"),
                col("users"),
                col("buy_rate"),
                col("fit"),
                col("basis"),
                reason(texts).as("reason"));
    }

    /**
     * Product grain: product_profile, every product.
     *
     * @param products products as of the day, with path
     * @param totals {@link ProductProfiles#totals}
     * @param historyFrom the first day of history
     * @param before the last day before the window
     */
    static Dataset<Row> profiles(
            Dataset<Row> products,
            Dataset<Row> totals,
            Dataset<Row> productFit,
            Dataset<Row> categoryFit,
            Dataset<Row> portraits,
            LocalDate historyFrom,
            LocalDate before,
            LocalDate day,
            FitSettings settings,
            Texts texts) {
        Dataset<Row> activity = activity(productFit);
        Dataset<Row> own = ProductProfiles.generality(
                productFit
                        .where(col("portrait_id").notEqual(PortraitTables.NEWCOMERS))
                        .join(broadcast(activity), PORTRAIT, "inner"),
                "product_id");
        Dataset<Row> ofCategory = ProductProfiles.generality(
                        categoryFit
                                .where(col("portrait_id").notEqual(PortraitTables.NEWCOMERS))
                                .withColumn("history_buyers", col("buyers"))
                                .join(broadcast(activity), PORTRAIT, "inner"),
                        "category")
                .select(
                        col("category").as("path"),
                        col("generality").as("category_generality"),
                        col("generality_low").as("category_generality_low"));
        Dataset<Row> counted = products.join(totals, new String[] {"product_id"}, "left");
        for (String count : new String[] {
            "buyers",
            "repeat_buyers",
            "new_buyers",
            "purchase_lines",
            "refunded_lines",
            "complaints",
            "reviews",
            "rating_sum",
            "bad_reviews"
        }) {
            counted = counted.withColumn(count, coalesce(col(count), lit(0L)));
        }
        Column learned = col("repeat_buyers")
                .geq(settings.cycle().minRepeatBuyers())
                .and(col("repeat_buyers")
                        .geq(col("buyers").multiply(settings.cycle().minRepeatRate())));
        Column cycle = coalesce(
                col("use_cycle_days"),
                when(learned, greatest(lit(1), round(col("gap_days")).cast("int"))));
        Column price = coalesce(
                col("price"),
                when(col("units").gt(0), col("gross_spend").divide(col("units")))
                        .cast("decimal(18,4)"));
        Dataset<Row> described = counted.withColumn("use_cycle_days", cycle)
                .withColumn("is_consumable", col("use_cycle_days").isNotNull())
                .withColumn("price", price);
        Column enough = col("buyers")
                .geq(settings.generality().minBuyers())
                .and(col("generality").isNotNull());
        double users = Math.max(
                1, portraits.agg(coalesce(sum("users"), lit(0L))).head().getLong(0));
        return ProductProfiles.withTrust(described, settings, texts)
                .join(own, new String[] {"product_id"}, "left")
                .join(broadcast(ofCategory), new String[] {"path"}, "left")
                .select(
                        lit(day).as("day"),
                        col("product_id"),
                        col("title"),
                        col("category"),
                        col("brand"),
                        col("launched_on"),
                        col("price"),
                        col("price")
                                .minus(col("unit_cost"))
                                .cast("decimal(18,4)")
                                .as("unit_margin"),
                        col("is_consumable"),
                        col("use_cycle_days"),
                        coalesce(col("stock").gt(0), lit(true)).as("is_in_stock"),
                        col("buyers"),
                        dailyBuyRate(users, historyFrom, before, day).as("daily_buy_rate"),
                        when(enough, col("generality"))
                                .otherwise(coalesce(col("category_generality"), lit(1.0)))
                                .as("generality"),
                        when(enough, col("generality_low"))
                                .otherwise(coalesce(col("category_generality_low"), lit(0.0)))
                                .as("generality_low"),
                        when(enough, "product").otherwise("category").as("generality_basis"),
                        col("quality_gate"),
                        col("trust"),
                        col("trust_value"),
                        col("trust_brand"),
                        col("trust_reviews"),
                        col("repeat_buyers"),
                        col("refunded_lines"),
                        col("purchase_lines"),
                        col("complaints"),
                        col("reviews"),
                        col("bad_reviews"),
                        col("mean_rating"),
                        col("trust_reason"));
    }

    /** Portrait grain: what the portrait buys of everything, as activity_rate, to hold its rates against. */
    private static Dataset<Row> activity(Dataset<Row> productFit) {
        return productFit
                .groupBy("portrait_id")
                .agg(
                        sum("history_buyers").cast("double").as("bought"),
                        min("users").as("activity_users"))
                .select(
                        col("portrait_id"),
                        when(col("activity_users").gt(0), col("bought").divide(col("activity_users")))
                                .otherwise(lit(0.0))
                                .as("activity_rate"));
    }

    /** New buyers a day and user in the window, shrunk: rate of all history x (new + 5) / (new expected from it + 5). */
    private static Column dailyBuyRate(double users, LocalDate historyFrom, LocalDate before, LocalDate day) {
        double historyDays = ChronoUnit.DAYS.between(historyFrom, day) + 1;
        double windowDays = Math.max(1, ChronoUnit.DAYS.between(before, day));
        Column perDay = col("buyers").cast("double").divide(historyDays);
        Column expected = perDay.multiply(Math.min(windowDays, historyDays));
        Column change = col("new_buyers").plus(WINDOW_SHRINKAGE).divide(expected.plus(WINDOW_SHRINKAGE));
        return round(least(lit(1.0), perDay.multiply(change).divide(users)), 12);
    }

    private static Column reason(Texts texts) {
        return when(
                        col("buyers_if_average")
                                .isNull()
                                .or(col("buyers_if_average").lt(SegmentFit.MIN_EXPECTED)),
                        texts.column("fit.reason.none"))
                .otherwise(texts.column(
                        "fit.reason", col("buyers"), col("buyers_if_average"), col("lift"), col("lift_low")));
    }
}
