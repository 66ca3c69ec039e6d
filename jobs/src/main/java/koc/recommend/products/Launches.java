package koc.recommend.products;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;

import java.time.LocalDate;
import java.util.Optional;
import koc.recommend.RecommendSettings.NewProductSettings;
import koc.rules.CategoryPath;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Finds new products, and keeps them for loyal KOCs in their first days. */
public final class Launches {
    private Launches() {}

    /** The latest launch up to the day; empty when no launch is recorded. */
    public static Optional<LocalDate> findLatest(Dataset<Row> products, LocalDate day) {
        Row latest = products.where(col("launched_on").leq(lit(day)))
                .agg(max("launched_on"))
                .head();
        return latest.isNullAt(0)
                ? Optional.empty()
                : Optional.of(latest.getDate(0).toLocalDate());
    }

    /**
     * Adds is_launched, is_new (launched within the last {@code new-products.days} days, the day included),
     * offered_days (days of history on offer, 1 and more) and history_days. A product without a recorded launch was
     * always on offer, and is not new.
     *
     * @param products with launched_on
     * @param historyFrom the first day of history
     */
    public static Dataset<Row> withAge(
            Dataset<Row> products, LocalDate historyFrom, LocalDate day, NewProductSettings settings) {
        long historyDays = Math.max(1, day.toEpochDay() - historyFrom.toEpochDay() + 1);
        Column age = datediff(lit(day), col("launched_on"));
        return products.withColumn("is_launched", coalesce(age.geq(0), lit(true)))
                .withColumn("is_new", coalesce(age.between(0, settings.days() - 1), lit(false)))
                .withColumn(
                        "offered_days",
                        greatest(lit(1L), least(lit(historyDays), age.plus(1).cast("bigint"))))
                .withColumn("history_days", lit(historyDays));
    }

    /**
     * Removes products in their first days after launch (by default 14) from KOCs who are not loyal to the category.
     * Loyal KOCs have at least 2 uses of its products by default: days with a kept purchase, and good reviews. A
     * product group stands in for a category. Products with neither go to every KOC.
     *
     * @param candidates koc_number, product_number, and other columns; grain and columns unchanged
     * @param offers product_number, path, is_new, launched_on
     * @param products product_number, path: every product
     * @param ownUse {@link OwnUse#OWN_USE}
     */
    public static Dataset<Row> keepForLoyalKocs(
            Dataset<Row> candidates,
            Dataset<Row> offers,
            Dataset<Row> products,
            Dataset<Row> ownUse,
            LocalDate day,
            NewProductSettings settings) {
        Dataset<Row> seeded = offers.where(col("is_new")
                        .and(datediff(lit(day), col("launched_on")).lt(settings.seedingDays()))
                        .and(CategoryPath.isPresent(col("path"))))
                .select("product_number", "path");
        Dataset<Row> loyalKocs = ownUse.join(
                        products.select("product_number", "path"), new String[] {"product_number"}, "inner")
                .groupBy("koc_number", "path")
                .agg(sum("uses").as("uses"))
                .where(col("uses").geq(settings.seedingUses()));
        Dataset<Row> excluded = candidates
                .select("koc_number", "product_number")
                .join(broadcast(seeded), new String[] {"product_number"}, "inner")
                .join(loyalKocs, new String[] {"koc_number", "path"}, "left_anti");
        return candidates.join(excluded, new String[] {"koc_number", "product_number"}, "left_anti");
    }
}
