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
import koc.tables.Frame;
import koc.text.ShortName;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The KOCs that every growth report starts from: their region, profile, activity and main category. */
public final class GrowthKocs {
    /** The KOCs that the reports speak of. */
    public static final Frame KOCS =
            Frame.named("growth_kocs").grain("one row per KOC with a pool").columns("""
                    koc_id               STRING COMMENT 'User id',
                    name                 STRING COMMENT 'Nickname, else id, as sentences name the KOC',
                    koc_type             STRING COMMENT 'employee, guide, external or user',
                    level                STRING COMMENT 'Level of the day',
                    score                DOUBLE COMMENT 'Score of the day',
                    influence_lift       DOUBLE COMMENT 'Observed over expected purchases of exposed users',
                    pool_size            BIGINT COMMENT 'Users with an open tie',
                    days_above_cap       BIGINT COMMENT 'Days of the last 90 with more posts than the pool bears',
                    is_active            BOOLEAN COMMENT 'Whether the KOC shared in the last 90 days and is not revoked',
                    is_revoked           BOOLEAN COMMENT 'Whether the level is revoked',
                    is_ready             BOOLEAN COMMENT 'Whether the KOC is not revoked, is tied to the brand, and uses and approves its products; without a purchase of any KOC these are unknown, and all who are not revoked count as ready',
                    region               STRING COMMENT 'Where the KOC lives; null without a county',
                    store_id             STRING COMMENT 'Store of the KOC',
                    profile              STRING COMMENT 'Which of nickname, avatar and greeting are filled in; none for none; unknown for a KOC who is not in users',
                    profile_completeness DOUBLE COMMENT 'Fraction of these three that is filled in',
                    main_category        STRING COMMENT 'Category shared most in 90 days; without shares the one preferred as a user',
                    main_portrait_id     STRING COMMENT 'Portrait of most pool members, newcomers left out'""");

    private static final String[] KOC = {"koc_id"};

    private GrowthKocs() {}

    /**
     * koc_ranking -> one row per KOC with a pool ({@link #KOCS}).
     *
     * @param ranking koc_ranking of the day
     * @param users as {@link GrowthUsers#describe} returns them
     * @param categoryShares {@link CategoryShares#CATEGORY_SHARES}
     * @param mainPortraits {@link MainPortraits#MAIN_PORTRAITS}
     */
    public static Dataset<Row> describe(
            Dataset<Row> ranking, Dataset<Row> users, Dataset<Row> categoryShares, Dataset<Row> mainPortraits) {
        Dataset<Row> people = users.select(
                col("user_id").as("koc_id"),
                col("region"),
                col("store_id"),
                col("top_category"),
                describeProfile().as("user_profile"),
                KocProfile.completeness().as("profile_completeness"),
                ShortName.of(col("nickname")).as("nickname"));
        Dataset<Row> mostShared = categoryShares
                .groupBy("koc_id")
                .agg(max(struct("shares", "category")).as("top"))
                .select(col("koc_id"), col("top.category").as("shared_category"));
        Column isRevoked = KocLevels.isRevoked(col("level"));
        return ranking.where("pool_size > 0")
                .select(
                        "koc_id",
                        "koc_type",
                        "level",
                        "score",
                        "influence_lift",
                        "pool_size",
                        "shares_90d",
                        "days_above_cap",
                        "own_use",
                        "is_ready")
                .join(mainPortraits, KOC, "left")
                .join(people, KOC, "left")
                .join(mostShared, KOC, "left")
                .withColumn("name", coalesce(col("nickname"), ShortName.of(col("koc_id"))))
                .withColumn("is_revoked", isRevoked)
                // own_use is null for all KOCs if none bought anything; then all who are not revoked count as ready.
                .withColumn(
                        "is_ready", col("is_ready").or(col("own_use").isNull()).and(isRevoked.equalTo(false)))
                .withColumn(
                        "is_active",
                        coalesce(col("shares_90d").gt(0), lit(false)).and(isRevoked.equalTo(false)))
                .withColumn("profile", coalesce(col("user_profile"), lit("unknown")))
                .withColumn("main_category", coalesce(col("shared_category"), col("top_category")))
                .to(KOCS.schema());
    }

    private static Column describeProfile() {
        Column filled =
                concat_ws(", ", KocProfile.presentParts(field -> lit(field.equals("avatar_url") ? "avatar" : field)));
        return when(length(filled).gt(0), filled).otherwise("none");
    }
}
