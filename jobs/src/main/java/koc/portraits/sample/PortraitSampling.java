package koc.portraits.sample;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map_from_entries;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.try_element_at;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.List;
import koc.portraits.fit.ModelSettings;
import koc.portraits.fit.Scaling;
import koc.rules.CategoryPath;
import koc.rules.KeptPurchases;
import koc.spark.ExactSums;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Draws the bounded sample that a model is fitted on. */
public final class PortraitSampling {
    private static final String IS_ELIGIBLE = "NOT is_newcomer";

    private PortraitSampling() {}

    /**
     * The sample: users with enough activity in the order of a seeded hash, at most {@code sampleUsers} of them, so that the
     * driver's memory does not grow with the number of users.
     *
     * @param usersWithAttention features as of the last day before the holdout
     * @param categories user_categories as of the same day
     * @param holdout user_category_days of the holdout
     */
    public static PortraitSample draw(
            Dataset<Row> usersWithAttention, Dataset<Row> categories, Dataset<Row> holdout, ModelSettings settings) {
        List<String> names = topCategories(categories, settings.categories());
        List<PortraitSample.User> users = sampledUsers(usersWithAttention, settings)
                .join(holdoutPurchases(holdout), new String[] {"user_id"}, "left")
                .orderBy(xxhash64(col("user_id"), lit(settings.seed())), col("user_id"))
                .select(
                        array(Scaling.NUMBERS.stream()
                                        .map(number -> col(number.column()).cast("double"))
                                        .toArray(Column[]::new))
                                .as("numbers"),
                        byCategory("category_weights", names).as("category_attention"),
                        coalesce(col("attention"), lit(0.0)).as("attention"),
                        byCategory("holdout_purchases", names).as("holdout_purchases"))
                .collectAsList()
                .stream()
                .map(row -> new PortraitSample.User(
                        row.<Double>getList(0).toArray(Double[]::new),
                        toArray(row.getList(1)),
                        row.getDouble(2),
                        toArray(row.getList(3))))
                .toList();
        return new PortraitSample(
                names, users, usersWithAttention.where(IS_ELIGIBLE).count());
    }

    /** The rows of the sampled users: those with enough activity that come first in the order of a seeded hash. */
    public static Dataset<Row> sampledUsers(Dataset<Row> users, ModelSettings settings) {
        return users.where(IS_ELIGIBLE)
                .orderBy(xxhash64(col("user_id"), lit(settings.seed())), col("user_id"))
                .limit(settings.sampleUsers());
    }

    /** User x category x day grain -> user grain with kept purchases by category. */
    private static Dataset<Row> holdoutPurchases(Dataset<Row> holdout) {
        return holdout.groupBy("user_id", "category")
                .agg(sum(KeptPurchases.lines()).as("purchases"))
                .where("purchases > 0")
                .groupBy("user_id")
                .agg(map_from_entries(collect_list(struct("category", "purchases")))
                        .as("holdout_purchases"));
    }

    /** The categories with most attention; every user counts once, however active. */
    private static List<String> topCategories(Dataset<Row> categories, int limit) {
        return categories
                .where(CategoryPath.isPresent(col("category")))
                .groupBy("category")
                .agg(ExactSums.sum(col("attention_fraction")).as("users"))
                .orderBy(col("users").desc(), col("category"))
                .limit(limit)
                .select("category")
                .collectAsList()
                .stream()
                .map(row -> row.getString(0))
                .toList();
    }

    private static Column byCategory(String map, List<String> names) {
        return transform(
                lit(names.toArray(String[]::new)),
                name -> coalesce(try_element_at(col(map), name).cast("double"), lit(0.0)));
    }

    private static double[] toArray(List<Double> values) {
        return values.stream().mapToDouble(value -> value).toArray();
    }
}
