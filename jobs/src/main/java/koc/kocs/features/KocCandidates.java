package koc.kocs.features;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;

import koc.rules.KocEligibility;
import koc.rules.KocLevels;
import koc.rules.KocType;
import koc.tables.Frame;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Selects the people who are ranked, and those who may become KOCs. */
public final class KocCandidates {
    /** The people that the kocs job looks at. */
    public static final Frame CANDIDATES = Frame.named("candidates")
            .grain("one row per person who is ranked, shared in 90 days or has a pool")
            .columns("""
                    koc_id                STRING NOT NULL COMMENT 'User id',
                    koc_type              STRING NOT NULL COMMENT 'employee, guide, external or user',
                    is_ranked             BOOLEAN NOT NULL COMMENT 'Whether the person is ranked',
                    pool_size             BIGINT NOT NULL COMMENT 'Users with an open tie',
                    strong_ties           BIGINT NOT NULL COMMENT 'Ties that are strong in both directions',
                    shares_90d            BIGINT NOT NULL COMMENT 'Shares and posts by the person',
                    tenure_days           INT NOT NULL COMMENT 'Days since registration or first event',
                    own_orders_30d        BIGINT NOT NULL COMMENT 'Orders the person placed',
                    own_orders_90d        BIGINT NOT NULL COMMENT 'Orders the person placed',
                    own_orders_365d       BIGINT NOT NULL COMMENT 'Orders the person placed',
                    previous_level        STRING COMMENT 'Level at the previous run',
                    previous_since        DATE COMMENT 'First day of that level',
                    previous_grace_until  DATE COMMENT 'Last day of a grace period that has begun'""");

    private static final String[] KOC = {"koc_id"};
    private static final String[] COUNTS = {
        "pool_size", "strong_ties", "shares_90d", "tenure_days", "own_orders_365d", "own_orders_30d", "own_orders_90d"
    };

    private KocCandidates() {}

    /**
     * The {@link #CANDIDATES} of a day, one row per person.
     *
     * <p>KOCs ({@link KocEligibility#isKoc}) are ranked. So are people who were above recruit at the previous run,
     * because nobody loses a level when their pool becomes too small, and people who were revoked. Other people who
     * shared or have a pool are kept as recruits, and are not ranked. Likely joint accounts are left out.
     *
     * @param userFeatures user_features as of the day
     * @param ties tie_strengths of the day
     * @param previousRanking koc_ranking of the previous run, or no rows
     * @param minPool members that the pool of a user or external KOC needs
     */
    public static Dataset<Row> select(
            Dataset<Row> userFeatures, Dataset<Row> ties, Dataset<Row> previousRanking, int minPool) {
        Dataset<Row> users = userFeatures.select(
                col("user_id").as("koc_id"),
                col("role"),
                col("tenure_days"),
                col("shares_90d"),
                col("orders_365d").as("own_orders_365d"),
                col("orders_30d").as("own_orders_30d"),
                col("orders_90d").as("own_orders_90d"));
        Dataset<Row> pools = ties.groupBy("koc_id")
                .agg(count(lit(1)).as("pool_size"), count_if(col("is_strong")).as("strong_ties"));
        Dataset<Row> previous = previousRanking.select(
                col("koc_id"),
                col("koc_type").as("previous_type"),
                col("level").as("previous_level"),
                col("level_since").as("previous_since"),
                col("grace_until").as("previous_grace_until"));
        Column isKoc = KocEligibility.isKoc(col("koc_type"), col("pool_size"), minPool);
        Column hadLevel = coalesce(col("previous_level").notEqual(KocLevels.RECRUIT), lit(false));
        Dataset<Row> candidates = users.join(pools, KOC, "full_outer")
                .join(previous, KOC, "full_outer")
                .withColumn("koc_type", KocType.fromRole(coalesce(col("role"), col("previous_type"))))
                .na()
                .fill(0L, COUNTS)
                .withColumn("is_ranked", isKoc.or(hadLevel))
                .where("is_ranked OR shares_90d > 0 OR pool_size > 0");
        return KocEligibility.withoutJointAccounts(candidates, userFeatures)
                .select(CANDIDATES.columnNames().stream().map(name -> col(name)).toArray(Column[]::new));
    }
}
