package koc.portraits.groups;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.xxhash64;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import koc.portraits.fit.ModelSettings;
import koc.portraits.groups.ProductBaskets.Basket;
import koc.rules.DayWindow;
import koc.spark.Checkpoints;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/** Reads the baskets of the sampled users: bounded by the numbers of sampled users and of popular products. */
public final class BasketSampling {
    private static final int DAYS = 365;
    /** With fewer buyers in the holdout, signs of interest count as well: some brands record no purchases. */
    private static final int MIN_BUYERS = 50;

    /** Portraits are judged on at least this many products, with or without groups of products. */
    private static final int JUDGED_PRODUCTS = 5000;

    private static final String[] USER = {"user_id"};
    private static final StructType NUMBERS = StructType.fromDDL("product_id STRING, product_number INT");

    private BasketSampling() {}

    /**
     * The baskets of the sampled users, in the order of the seeded hash that the sample has.
     *
     * @param sampledUsers user_id of the sampled users
     * @param productDays user_product_days
     * @param lastDay last day before the holdout
     * @param day last day of the holdout
     */
    public static ProductBaskets draw(
            Dataset<Row> sampledUsers,
            Dataset<Row> productDays,
            LocalDate lastDay,
            LocalDate day,
            ModelSettings settings,
            Checkpoints checkpoints) {
        Dataset<Row> sums = checkpoints.cache(productDays
                .where(col("day").between(lit(DayWindow.first(lastDay, DAYS)), lit(day)))
                .join(sampledUsers, USER, "left_semi")
                .groupBy("user_id", "product_id")
                .agg(
                        ProductAttention.weight(col("day").leq(lit(lastDay)), settings.interestWeight())
                                .as("attention"),
                        ProductAttention.purchases(col("day").gt(lit(lastDay))).as("later_purchases"),
                        ProductAttention.weight(col("day").gt(lit(lastDay)), settings.interestWeight())
                                .as("later_attention"))
                .where("attention > 0 OR later_attention > 0"));
        List<String> products = popularProducts(
                sums, Math.max(JUDGED_PRODUCTS, settings.productGroups().products()));
        long buyers =
                sums.where("later_purchases > 0").select("user_id").distinct().count();
        String later = buyers < MIN_BUYERS ? "later_attention" : "later_purchases";
        List<Row> numbers = IntStream.range(0, products.size())
                .mapToObj(i -> RowFactory.create(products.get(i), i))
                .toList();
        Dataset<Row> baskets = sums.join(
                        broadcast(sums.sparkSession().createDataFrame(numbers, NUMBERS)),
                        new String[] {"product_id"},
                        "inner")
                .groupBy("user_id")
                .agg(sort_array(collect_list(struct(col("product_number"), col("attention"), col(later))))
                        .as("basket"));
        List<Basket> users = sampledUsers
                .join(baskets, USER, "left")
                .orderBy(xxhash64(col("user_id"), lit(settings.seed())), col("user_id"))
                .select("basket")
                .collectAsList()
                .stream()
                .map(row -> row.isNullAt(0) ? Basket.EMPTY : basket(row.getList(0)))
                .toList();
        return new ProductBaskets(products, users);
    }

    /** The products with most users; a product of one user only says nothing about others. */
    private static List<String> popularProducts(Dataset<Row> sums, int limit) {
        List<String> products = new ArrayList<>();
        sums.where("attention > 0")
                .groupBy("product_id")
                .agg(count(lit(1)).as("users"))
                .where("users > 1")
                .orderBy(col("users").desc(), col("product_id"))
                .limit(limit)
                .select("product_id")
                .collectAsList()
                .forEach(row -> products.add(row.getString(0)));
        return List.copyOf(products);
    }

    private static Basket basket(List<Row> products) {
        return new Basket(
                products.stream().mapToInt(row -> row.getInt(0)).toArray(),
                products.stream().mapToDouble(row -> row.getDouble(1)).toArray(),
                products.stream().mapToDouble(row -> row.getDouble(2)).toArray());
    }
}
