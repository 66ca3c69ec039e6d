package koc.growth;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import koc.rules.KocLevels;
import koc.rules.KocProfile;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** The KOCs that every growth report starts from: their region, profile, activity and main category. */
public final class GrowthKocs {
    /**
     * One row per KOC with a pool.
     *
     * <p>{@code is_active}: the KOC shared something in the last 90 days and is not revoked. {@code profile} lists
     * which of nickname, avatar and greeting are filled in: "none" when none is, "unknown" when the KOC is not in
     * users. {@code profile_completeness} is the fraction of the three that is filled in. {@code main_category} is
     * the category that the KOC shared most in 90 days; a KOC without shares has the category they prefer as a user.
     */
    public static final StructType SCHEMA = StructType.fromDDL("""
            koc_id STRING, koc_type STRING, level STRING, score DOUBLE, influence_lift DOUBLE, pool_size LONG,
            is_active BOOLEAN, is_revoked BOOLEAN, region STRING, store_id STRING, profile STRING,
            profile_completeness DOUBLE, main_category STRING""");

    private static final String[] KOC = {"koc_id"};

    private GrowthKocs() {}

    /**
     * koc_ranking -> one row per KOC with a pool ({@link #SCHEMA}).
     *
     * @param ranking koc_ranking of the day
     * @param users as {@link GrowthUsers#describe} returns them
     * @param categoryShares {@link CategoryShares#SCHEMA}
     */
    public static Dataset<Row> describe(Dataset<Row> ranking, Dataset<Row> users, Dataset<Row> categoryShares) {
        Dataset<Row> people = users.select(
                col("user_id").as("koc_id"),
                col("region"),
                col("store_id"),
                col("top_category"),
                describeProfile().as("user_profile"),
                KocProfile.completeness().as("profile_completeness"));
        Dataset<Row> mostShared = categoryShares
                .groupBy("koc_id")
                .agg(max(struct("shares", "category")).as("top"))
                .select(col("koc_id"), col("top.category").as("shared_category"));
        Column isRevoked = KocLevels.isRevoked(col("level"));
        return ranking.where("pool_size > 0")
                .select("koc_id", "koc_type", "level", "score", "influence_lift", "pool_size", "shares_90d")
                .join(people, KOC, "left")
                .join(mostShared, KOC, "left")
                .withColumn("is_revoked", isRevoked)
                .withColumn(
                        "is_active",
                        coalesce(col("shares_90d").gt(0), lit(false)).and(isRevoked.equalTo(false)))
                .withColumn("profile", coalesce(col("user_profile"), lit("unknown")))
                .withColumn("main_category", coalesce(col("shared_category"), col("top_category")))
                .to(SCHEMA);
    }

    private static Column describeProfile() {
        Column filled =
                concat_ws(", ", KocProfile.presentParts(field -> lit(field.equals("avatar_url") ? "avatar" : field)));
        return when(length(filled).gt(0), filled).otherwise("none");
    }
}
