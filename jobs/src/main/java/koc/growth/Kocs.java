package koc.growth;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import koc.rules.CategoryPath;
import koc.rules.DayWindow;
import koc.rules.KocLevels;
import koc.rules.KocProfile;
import koc.rules.RegionKey;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Who has a pool, where they live, what they show of themselves and what they stand for. */
final class Kocs {
    private Kocs() {}

    /**
     * The KOCs: one row per ranked owner of a pool that is open on the day.
     *
     * <p>{@code is_active}: shared something in 90 days and is not revoked. {@code profile} names what is there of
     * nickname, avatar and greeting ("none" when nothing is; "unknown" for a KOC who is not in users);
     * {@code profile_completeness} is its share, 0..1. {@code main_category} is the category with most of the KOC's
     * shares in 90 days; without shares the one the KOC likes best.
     *
     * @param ranking koc_ranking of the day; whoever owns a pool and is not in it is no KOC
     * @param users one row per user, with place ({@link #places}) and liked_category ({@link #liked})
     * @param sharedCategories as {@link #sharedCategories} returns them
     * @return koc_id, koc_type, level, score, influence_lift, members, is_active, is_revoked, place, province, city,
     *     county, store_id, profile, profile_completeness, main_category
     */
    static Dataset<Row> of(Dataset<Row> ranking, Dataset<Row> users, Dataset<Row> sharedCategories) {
        Dataset<Row> people = users.select(
                col("user_id").as("koc_id"),
                col("place"),
                col("province"),
                col("city"),
                col("county"),
                col("store_id"),
                col("liked_category"),
                profile().as("known_profile"),
                KocProfile.completeness().as("known_completeness"));
        Dataset<Row> shared = sharedCategories
                .groupBy("koc_id")
                .agg(max(struct(col("category_shares"), col("category"))).as("most"))
                .select(col("koc_id"), col("most.category").as("shared_category"));
        Column isRevoked = KocLevels.isRevoked(col("level"));
        return ranking.where("pool_size > 0")
                .join(people, new String[] {"koc_id"}, "left")
                .join(shared, new String[] {"koc_id"}, "left")
                .select(
                        col("koc_id"),
                        col("koc_type"),
                        col("level"),
                        col("score"),
                        col("influence_lift"),
                        col("pool_size").as("members"),
                        coalesce(col("shares_90d").gt(0), lit(false))
                                .and(isRevoked.equalTo(false))
                                .as("is_active"),
                        isRevoked.as("is_revoked"),
                        col("place"),
                        col("province"),
                        col("city"),
                        col("county"),
                        col("store_id"),
                        coalesce(col("known_profile"), lit("unknown")).as("profile"),
                        col("known_completeness").as("profile_completeness"),
                        coalesce(col("shared_category"), col("liked_category")).as("main_category"));
    }

    /** Users -> the same with place ({@link RegionKey#region}): null without a county. */
    static Dataset<Row> places(Dataset<Row> users) {
        return users.withColumn("place", RegionKey.region());
    }

    /** What users like best: user_categories as of a day in, one row per user out: user_id, liked_category, liked_fraction. */
    static Dataset<Row> liked(Dataset<Row> userCategories) {
        return userCategories
                .where(CategoryPath.isKnown(col("category")))
                .groupBy("user_id")
                .agg(max(struct("attention_fraction", "category")).as("most"))
                .select(
                        col("user_id"),
                        col("most.category").as("liked_category"),
                        col("most.attention_fraction").as("liked_fraction"));
    }

    /**
     * What users shared in the last 90 days: one row per user and category, shares without a category left out.
     *
     * @param productDays user_product_days up to the day
     * @param products product_id, category (cut)
     * @return koc_id, category, category_shares
     */
    static Dataset<Row> sharedCategories(Dataset<Row> productDays, Dataset<Row> products, LocalDate day) {
        return productDays
                .where(DayWindow.includes(col("day"), day, 90).and(col("shares").gt(0)))
                .join(products, new String[] {"product_id"}, "inner")
                .where(CategoryPath.isKnown(col("category")))
                .groupBy(col("user_id").as("koc_id"), col("category"))
                .agg(sum("shares").as("category_shares"));
    }

    private static Column profile() {
        Column there = concat_ws(", ", KocProfile.filled(part -> lit(part.equals("avatar_url") ? "avatar" : part)));
        return when(length(there).gt(0), there).otherwise("none");
    }
}
