package koc.fit;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.time.temporal.ChronoUnit;
import java.util.List;
import koc.text.Texts;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Describes every product: for how many kinds of users it is, how often it is bought, and how far it can be trusted. */
final class ProductProfiles {
    /** Weight of the rate over all history, in first purchases, when the rate of the window is estimated. */
    private static final double WINDOW_SHRINKAGE = 5;
    /** Evidence about products: columns of product_profile that have no value when their source has not landed. */
    private static final List<String> EVIDENCE = List.of("buyers", "trust_purchases", "trust_brand", "trust_reviews");

    private final FitInputs inputs;
    private final FitSettings settings;
    private final Texts texts;

    ProductProfiles(FitInputs inputs, FitSettings settings, Texts texts) {
        this.inputs = inputs;
        this.settings = settings;
        this.texts = texts;
    }

    /** Every product with its totals, use cycle, price, trust, quality_gate and is_in_stock. */
    Dataset<Row> assessQuality() {
        return new ProductTrust(settings, texts)
                .withTrust(withCycleAndPrice(withTotals()))
                .withColumn("is_in_stock", coalesce(col("stock").gt(0), lit(true)));
    }

    /**
     * The rows of product_profile, one for every product.
     *
     * @param quality as {@link #assessQuality} returns it
     */
    Dataset<Row> describe(Dataset<Row> quality, Dataset<Row> productFit, Dataset<Row> categoryFit) {
        return withGenerality(quality, productFit, categoryFit)
                .select(
                        lit(inputs.day()).as("day"),
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
                        col("is_in_stock"),
                        col("buyers"),
                        dailyBuyRate().as("daily_buy_rate"),
                        col("generality"),
                        col("generality_low"),
                        col("generality_basis"),
                        col("quality_gate"),
                        col("trust"),
                        col("trust_purchases"),
                        col("trust_brand"),
                        col("brand_tier"),
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

    private Dataset<Row> withTotals() {
        Dataset<Row> products = inputs.products()
                .join(
                        ProductTotals.sumByProduct(inputs.userProducts(), inputs.lastDayBeforeWindow()),
                        new String[] {"product_id"},
                        "left");
        for (String count : ProductTotals.COUNTS) {
            products = products.withColumn(count, coalesce(col(count), lit(0L)));
        }
        return products;
    }

    /** Adds generality, generality_low and generality_basis: a product with few buyers gets those of its category. */
    private Dataset<Row> withGenerality(Dataset<Row> products, Dataset<Row> productFit, Dataset<Row> categoryFit) {
        Column hasEnoughBuyers = col("buyers")
                .geq(settings.generality().minBuyers())
                .and(col("product_generality").isNotNull());
        return products.join(
                        Generality.computeForProducts(productFit)
                                .withColumnRenamed("generality", "product_generality")
                                .withColumnRenamed("generality_low", "product_generality_low"),
                        new String[] {"product_id"},
                        "left")
                .join(
                        broadcast(Generality.computeForCategories(categoryFit, productFit)),
                        new String[] {"path"},
                        "left")
                .withColumn(
                        "generality",
                        when(hasEnoughBuyers, col("product_generality"))
                                .otherwise(coalesce(col("category_generality"), lit(1.0))))
                .withColumn(
                        "generality_low",
                        when(hasEnoughBuyers, col("product_generality_low"))
                                .otherwise(coalesce(col("category_generality_low"), lit(0.0))))
                .withColumn("generality_basis", when(hasEnoughBuyers, "product").otherwise("category"));
    }

    /** Fills in a missing use cycle from the gaps between purchases, and a missing price from the mean price paid. */
    private Dataset<Row> withCycleAndPrice(Dataset<Row> products) {
        Column isBoughtRepeatedly = col("repeat_buyers")
                .geq(settings.cycle().minRepeatBuyers())
                .and(col("repeat_buyers")
                        .geq(col("buyers").multiply(settings.cycle().minRepeatRate())));
        Column cycle = coalesce(
                col("use_cycle_days"),
                when(isBoughtRepeatedly, greatest(lit(1), round(col("gap_days")).cast("int"))));
        Column price = coalesce(
                col("price"),
                when(col("units").gt(0), col("gross_spend").divide(col("units")))
                        .cast("decimal(18,4)"));
        return products.withColumn("use_cycle_days", cycle)
                .withColumn("is_consumable", col("use_cycle_days").isNotNull())
                .withColumn("price", price);
    }

    /**
     * First purchases per day and user in the window, shrunk: rate over all history x (first purchases + 5) / (expected
     * + 5).
     *
     * <p>Worked: 100 buyers in 100 days are 1 a day, 28 expected in a window of 28 days. With 61 first purchases the
     * rate is 1 x 66 / 33 = 2 a day, over the number of users.
     */
    private Column dailyBuyRate() {
        Dataset<Row> portraits = inputs.portraits();
        double users = Math.max(
                1, portraits.agg(coalesce(sum("users"), lit(0L))).head().getLong(0));
        double historyDays = ChronoUnit.DAYS.between(inputs.historyFrom(), inputs.day()) + 1;
        double windowDays = Math.max(1, ChronoUnit.DAYS.between(inputs.lastDayBeforeWindow(), inputs.day()));
        Column buyersPerDay = col("buyers").cast("double").divide(historyDays);
        Column expectedNew = buyersPerDay.multiply(Math.min(windowDays, historyDays));
        Column change = col("first_purchases").plus(WINDOW_SHRINKAGE).divide(expectedNew.plus(WINDOW_SHRINKAGE));
        return round(least(lit(1.0), buyersPerDay.multiply(change).divide(users)), 12);
    }

    /** The evidence that no product has: some of buyers, trust_purchases, trust_brand and trust_reviews, in this order. */
    static List<String> missingEvidence(Dataset<Row> profiles) {
        Row counts = profiles.agg(
                        count_if(col("buyers").gt(0)).as("buyers"),
                        count("trust_purchases").as("trust_purchases"),
                        count("trust_brand").as("trust_brand"),
                        count("trust_reviews").as("trust_reviews"))
                .head();
        return EVIDENCE.stream()
                .filter(column -> counts.<Long>getAs(column) == 0)
                .toList();
    }
}
