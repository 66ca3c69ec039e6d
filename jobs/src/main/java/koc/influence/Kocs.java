package koc.influence;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import koc.table.CategoryPath;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Who has a pool, where they live, what they show of themselves and what they stand for. */
final class Kocs {
    /** Level of a KOC who may not act for the brand any more. */
    private static final String REVOKED = "revoked";

    private Kocs() {}

    /**
     * The KOCs: one row per ranked owner of a pool that is open on the day.
     *
     * <p>{@code is_active}: shared something in 90 days and is not revoked. {@code profile} names what is there of
     * nickname, avatar and greeting ("none" when nothing is; "unknown" for a KOC who is not in users);
     * {@code profile_completeness} is its share, 0..1. {@code main_category} is the category with most of the KOC's
     * shares in 90 days; without shares the one the KOC likes best.
     *
     * @param ties tie_strengths of the day
     * @param ranking koc_ranking of the day; whoever owns a pool and is not in it is no KOC
     * @param users one row per user, as {@link #places} returns them
     * @param sharedCategories as {@link #sharedCategories} returns them
     * @param likes user_categories as of the day
     * @return koc_id, koc_type, level, score, influence_lift, members, is_active, is_revoked, place, province, city,
     *     county, store_id, profile, profile_completeness, main_category
     */
    static Dataset<Row> of(
            Dataset<Row> ties,
            Dataset<Row> ranking,
            Dataset<Row> users,
            Dataset<Row> sharedCategories,
            Dataset<Row> likes) {
        Dataset<Row> pools = ties.groupBy("koc_id").agg(count(lit(1)).as("members"));
        Dataset<Row> ranked = ranking.select("koc_id", "koc_type", "level", "score", "shares_90d", "influence_lift");
        Dataset<Row> people = users.select(
                col("user_id").as("koc_id"),
                col("place"),
                col("province"),
                col("city"),
                col("county"),
                col("store_id"),
                profile().as("known_profile"),
                completeness().as("profile_completeness"));
        Dataset<Row> shared = sharedCategories
                .groupBy("koc_id")
                .agg(max(struct(col("category_shares"), col("category"))).as("most"))
                .select(col("koc_id"), col("most.category").as("shared_category"));
        Dataset<Row> liked = likes.join(
                        pools.select(col("koc_id").as("user_id")), new String[] {"user_id"}, "left_semi")
                .groupBy(col("user_id").as("koc_id"))
                .agg(max(struct("share", "category")).as("most"))
                .select(col("koc_id"), col("most.category").as("liked_category"));
        Column isRevoked = coalesce(col("level").equalTo(REVOKED), lit(false));
        return pools.join(ranked, new String[] {"koc_id"}, "inner")
                .join(people, new String[] {"koc_id"}, "left")
                .join(shared, new String[] {"koc_id"}, "left")
                .join(liked, new String[] {"koc_id"}, "left")
                .select(
                        col("koc_id"),
                        col("koc_type"),
                        col("level"),
                        col("score"),
                        col("influence_lift"),
                        col("members"),
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
                        col("profile_completeness"),
                        coalesce(col("shared_category"), col("liked_category")).as("main_category"));
    }

    /** Users -> the same with place: province, city and county in one text; null without a county. */
    static Dataset<Row> places(Dataset<Row> users) {
        Column place =
                concat_ws(" / ", coalesce(col("province"), lit("")), coalesce(col("city"), lit("")), col("county"));
        return users.withColumn("place", when(isGiven("county"), place));
    }

    /**
     * What KOCs shared in 90 days: user_product_days in, one row per KOC and category out.
     *
     * @param products one row per product, with its path (category cut to depth)
     * @return koc_id, category, category_shares
     */
    static Dataset<Row> sharedCategories(Dataset<Row> userProductDays, Dataset<Row> products, LocalDate day) {
        return userProductDays
                .where(col("shares")
                        .gt(0)
                        .and(col("arrived").gt(lit(day.minusDays(90))))
                        .and(col("day").between(lit(day.minusDays(89)), lit(day))))
                .join(products.select("product_id", "path"), new String[] {"product_id"}, "inner")
                .where(col("path").notEqual(CategoryPath.NONE))
                .groupBy(col("user_id").as("koc_id"), col("path").as("category"))
                .agg(sum("shares").as("category_shares"));
    }

    private static Column profile() {
        Column there = concat_ws(
                ", ",
                when(isGiven("nickname"), "nickname"),
                when(isGiven("avatar_url"), "avatar"),
                when(isGiven("greeting"), "greeting"));
        return when(length(there).gt(0), there).otherwise("none");
    }

    private static Column completeness() {
        Column there = filter(array(isGiven("nickname"), isGiven("avatar_url"), isGiven("greeting")), given -> given);
        return size(there).cast("double").divide(3.0);
    }

    private static Column isGiven(String column) {
        return coalesce(length(trim(col(column))).gt(0), lit(false));
    }
}
