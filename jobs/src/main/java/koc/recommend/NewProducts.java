package koc.recommend;

import static koc.recommend.PortraitOrder.at;
import static org.apache.spark.sql.functions.aggregate;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.percent_rank;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import java.util.Optional;
import koc.recommend.RecommendSettings.NewProductSettings;
import koc.rules.CategoryPath;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * What is to be expected of products that were launched lately: what their like did, corrected by their own first buyers.
 *
 * <p>Every product that is not new is like a new one in one way: of the same category, brand and price band (third of the
 * category by price); else category and brand; else category and price band; else category; else it is one of all. From
 * the widest to the narrowest the rate m of a portrait moves by what the products of that likeness did,
 *
 * <pre>m' = m x (c + d x buyers) / (c + d x expected),  d = 1 / (1 + expected / (c x products)),</pre>
 *
 * where expected = m x users x (days on offer, summed over the products) / days of history: a Gamma-Poisson lift
 * ({@link koc.statistics.GammaPoisson}) with the prior concentration c, whose evidence is no more than c buyers a product,
 * for products differ however many buyers they have. Then by its own buyers: by its lift among everybody, (c + buyers) / (c
 * + expected), and by the portrait's share in them, (c + buyers of the portrait) / (c + those expected, had it its usual share
 * in all buyers).
 *
 * <p>For example, c = 2: a portrait of 100 users would have 4 buyers of any product, m = .04; of two products of the
 * category on offer all the time it has 24 where 8 are expected: d = 1 / (1 + 8 / 4) = 1/3, m' = .04 x (2 + 8) / (2 + 8/3) =
 * .086. On offer for a tenth of the days, the new one has 3 buyers where .86 are expected: with but one portrait, .086 x 5 /
 * 2.86 = .15, as if it had been on offer all the time.
 */
final class NewProducts {
    private static final int CATEGORY = 1;
    private static final int PRICE_BAND = 2;
    private static final int BRAND = 3;
    private static final int BRAND_AND_PRICE_BAND = 4;
    /** The above, and 0: of all products. */
    static final int LIKENESSES = 5;

    private static final int PRICE_BANDS = 3;

    private NewProducts() {}

    /** The latest launch up to the day; empty when no launch is known. */
    static Optional<LocalDate> latestLaunch(Dataset<Row> products, LocalDate day) {
        Row latest = products.where(col("launched_on").leq(lit(day)))
                .agg(max("launched_on"))
                .head();
        return latest.isNullAt(0)
                ? Optional.empty()
                : Optional.of(latest.getDate(0).toLocalDate());
    }

    /**
     * Adds is_launched, is_new (launched within the last days, the day included), offered_days (of history, 1 and more) and
     * history_days. A product whose launch is unknown was on offer all the time, and is not new.
     *
     * @param products with launched_on
     * @param since the first day of history
     */
    static Dataset<Row> withAge(Dataset<Row> products, LocalDate since, LocalDate day, NewProductSettings settings) {
        long historyDays = Math.max(1, day.toEpochDay() - since.toEpochDay() + 1);
        Column age = datediff(lit(day), col("launched_on"));
        return products.withColumn("is_launched", coalesce(age.geq(0), lit(true)))
                .withColumn("is_new", coalesce(age.between(0, settings.days() - 1), lit(false)))
                .withColumn(
                        "offered_days",
                        greatest(lit(1L), least(lit(historyDays), age.plus(1).cast("bigint"))))
                .withColumn("history_days", lit(historyDays));
    }

    /**
     * Replaces the rates of new products.
     *
     * @param rates as {@link PortraitRates#of} returns them
     * @param counted as {@link PortraitRates#counted} returns it
     * @param products product_number, brand, price, is_launched, is_new: every product
     * @return rates with likeness (0 to 4, the narrowest in which there is any other product), like_products (products of
     *     this likeness) and like_buyers (who have one of them, once for each), all null for a product that is not new
     */
    static Dataset<Row> withRates(
            Dataset<Row> rates,
            Dataset<Row> counted,
            Dataset<Row> products,
            PortraitOrder order,
            NewProductSettings settings) {
        WindowSpec byPrice =
                Window.partitionBy(col("path"), col("price").isNull()).orderBy("price");
        Dataset<Row> known = counted.join(
                        products.where("is_launched").select("product_number", "brand", "price", "is_new"),
                        new String[] {"product_number"},
                        "inner")
                .withColumn(
                        "band",
                        when(
                                col("price").isNotNull(),
                                least(
                                        lit(PRICE_BANDS - 1),
                                        floor(percent_rank().over(byPrice).multiply(PRICE_BANDS)))))
                .withColumn("buyers", byPlace("holders", order))
                .withColumn("users", byPlace("users", order));
        Dataset<Row> established = known.where("NOT is_new");
        Dataset<Row> all = likes(established, order)
                .select(
                        col("products").as("all_products"),
                        col("buyers").as("all_buyers"),
                        col("days").as("all_days"));
        Dataset<Row> expected = known.where("is_new")
                .join(broadcast(likes(known, established, order)), new String[] {"product_number"}, "left")
                .crossJoin(broadcast(all))
                .withColumn("expected", order.arrayOf(place -> ofLikes(place, order, settings)))
                .withColumn("own_expected", soFar(order.size()))
                .withColumn("own_buyers", at("buyers", order.size()))
                .select(
                        col("product_number"),
                        order.arrayOf(place -> ofItself(place, order, settings.evidence()))
                                .as("new_rates"),
                        coalesce(element_at(col("likes"), -1).getField("likeness"), lit(0))
                                .as("likeness"),
                        coalesce(element_at(col("likes"), -1).getField("products"), col("all_products"))
                                .as("like_products"),
                        coalesce(
                                        element_at(col("likes"), -1)
                                                .getField("buyers")
                                                .getItem(order.size()),
                                        at("all_buyers", order.size()))
                                .as("like_buyers"));
        return rates.join(broadcast(expected), new String[] {"product_number"}, "left")
                .withColumn("rates", coalesce(col("new_rates"), col("rates")))
                .drop("new_rates");
    }

    /** Rates where no product is new, with the columns that {@link #withRates} adds. */
    static Dataset<Row> withoutNew(Dataset<Row> rates) {
        return rates.withColumn("likeness", lit(null).cast("int"))
                .withColumn("like_products", lit(null).cast("bigint"))
                .withColumn("like_buyers", lit(null).cast("bigint"));
    }

    /**
     * Parts without those of products that are still being seeded, for KOCs who are not loyal to their category: who have
     * not themselves bought and kept, or reviewed well, its products often enough. A product without a category is for
     * everybody.
     *
     * @param parts koc_number, product_number, and whatever else; grain and columns unchanged
     * @param offers product_number, path, is_new, launched_on
     * @param products product_number, path: every product
     * @param ownUse as {@link OwnUse#of} returns it
     */
    static Dataset<Row> keepSeeded(
            Dataset<Row> parts,
            Dataset<Row> offers,
            Dataset<Row> products,
            Dataset<Row> ownUse,
            LocalDate day,
            NewProductSettings settings) {
        Dataset<Row> seeding = offers.where(col("is_new")
                        .and(datediff(lit(day), col("launched_on")).lt(settings.seedingDays()))
                        .and(CategoryPath.isPresent(col("path"))))
                .select("product_number", "path");
        Dataset<Row> loyal = ownUse.join(
                        products.select("product_number", "path"), new String[] {"product_number"}, "inner")
                .groupBy("koc_number", "path")
                .agg(sum("uses").as("uses"))
                .where(col("uses").geq(settings.seedingUses()));
        Dataset<Row> waiting = parts.select("koc_number", "product_number")
                .join(broadcast(seeding), new String[] {"product_number"}, "inner")
                .join(loyal, new String[] {"koc_number", "path"}, "left_anti");
        return parts.join(waiting, new String[] {"koc_number", "product_number"}, "left_anti");
    }

    /** The likes of each new product: product_number, likes (likeness, products, days, buyers by place), widest first. */
    private static Dataset<Row> likes(Dataset<Row> known, Dataset<Row> established, PortraitOrder order) {
        Column sameBrand = col("brand").equalTo(col("new_brand"));
        Column sameBand = col("band").equalTo(col("new_band"));
        return known.where("is_new")
                .select(
                        col("product_number").as("new_number"),
                        col("path"),
                        col("brand").as("new_brand"),
                        col("band").as("new_band"))
                .join(established, new String[] {"path"}, "inner")
                .withColumn(
                        "likeness",
                        when(sameBrand.and(sameBand), BRAND_AND_PRICE_BAND)
                                .when(sameBrand, BRAND)
                                .when(sameBand, PRICE_BAND)
                                .otherwise(CATEGORY))
                .groupBy(col("new_number").as("product_number"), col("likeness"))
                .agg(
                        count(lit(1)).as("products"),
                        sum("offered_days").as("days"),
                        order.arrayOf(place -> sum(at("buyers", place))).as("buyers"))
                .groupBy("product_number")
                .agg(sort_array(collect_list(struct("likeness", "products", "days", "buyers")))
                        .as("likes"));
    }

    /** All together, one row: products, days on offer, buyers by place. */
    private static Dataset<Row> likes(Dataset<Row> established, PortraitOrder order) {
        return established.agg(
                count(lit(1)).as("products"),
                coalesce(sum("offered_days"), lit(0L)).as("days"),
                order.arrayOf(place -> coalesce(sum(at("buyers", place)), lit(0L)))
                        .as("buyers"));
    }

    /** By place, the last place everybody. */
    private static Column byPlace(String counts, PortraitOrder order) {
        return order.arrayOf(place -> place < order.size()
                ? col(counts + "_" + place)
                : col("users".equals(counts) ? "everybody" : counts).cast("bigint"));
    }

    /** What the likes make probable; for a portrait without users what they make probable for everybody. */
    private static Column ofLikes(int place, PortraitOrder order, NewProductSettings settings) {
        Column start = coalesce(
                share("all_buyers", "all_days", place), share("all_buyers", "all_days", order.size()), lit(0.0));
        double c = settings.evidence();
        return coalesce(
                aggregate(col("likes"), start, (rate, like) -> {
                    Column expected = rate.multiply(at("users", place))
                            .multiply(like.getField("days"))
                            .divide(col("history_days"));
                    Column weight = lit(1.0).divide(lit(1.0).plus(
                                    expected.divide(like.getField("products").multiply(c))));
                    return rate.multiply(like.getField("buyers")
                                    .getItem(place)
                                    .multiply(weight)
                                    .plus(c))
                            .divide(expected.multiply(weight).plus(c));
                }),
                start);
    }

    private static Column share(String buyers, String days, int place) {
        Column opportunities = at("users", place).multiply(col(days)).divide(col("history_days"));
        return at(buyers, place).divide(nullif(opportunities, lit(0.0)));
    }

    /** What it makes probable itself: its lift among everybody, then the portrait's share in its buyers. */
    private static Column ofItself(int place, PortraitOrder order, double c) {
        Column lift = col("own_buyers").plus(c).divide(col("own_expected").plus(c));
        Column rate = at("expected", place).multiply(lift);
        if (place == order.size()) {
            return least(lit(1.0), rate);
        }
        Column usual = soFar(place)
                .multiply(coalesce(col("own_buyers").divide(nullif(col("own_expected"), lit(0.0))), lit(0.0)));
        return least(lit(1.0), rate.multiply(at("buyers", place).plus(c).divide(usual.plus(c))));
    }

    /** Buyers expected since its launch. */
    private static Column soFar(int place) {
        return at("expected", place)
                .multiply(at("users", place))
                .multiply(col("offered_days"))
                .divide(col("history_days"));
    }
}
