package koc.growth.coverage;

import static org.apache.spark.sql.functions.ceil;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min_by;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import koc.growth.GrowthKocs;
import koc.growth.GrowthSettings;
import koc.text.ShortName;
import koc.text.Texts;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** How well active KOCs cover the users of each county. */
public final class CountyCoverage {
    /** The phase in which KOCs are found and trained in stores. */
    public static final String IN_STORE = "in_store";
    /** The phase in which KOCs cover the county online. */
    public static final String ONLINE = "online";

    private static final String[] REGION = {"region"};

    private final GrowthSettings settings;
    private final Texts texts;
    private final LocalDate day;

    public CountyCoverage(GrowthSettings settings, LocalDate day) {
        this.settings = settings;
        this.texts = Texts.of(settings.language());
        this.day = day;
    }

    /**
     * Users with their reach -> the rows of county_coverage: one row per county.
     *
     * <p>A county is in the online phase when two conditions hold: it has {@code onlineTargetFraction} of its target
     * of KOCs, and {@code onlineReachedBy2Rate} of its users are reached by two or more of them. Before, it is in the
     * in-store phase.
     *
     * @param reach {@link UserReach#REACH}
     * @param kocs {@link GrowthKocs#KOCS}
     * @param recruits {@link #selectRecruits}
     */
    public Dataset<Row> compute(Dataset<Row> reach, Dataset<Row> kocs, Dataset<Row> recruits) {
        return countReachByRegion(reach)
                .join(countActiveByRegion(kocs), REGION, "left")
                .join(recruits, REGION, "left")
                .withColumn("kocs", coalesce(col("active_kocs"), lit(0L)))
                .withColumn("reached_rate", round(col("users_reached").divide(col("users")), 4))
                .withColumn("reached_by_2_rate", round(col("users_reached_by_2").divide(col("users")), 4))
                .withColumn("beyond_store_users", col("users_reached").minus(col("store_users")))
                .withColumn("users_unreached", col("users").minus(col("users_reached")))
                .withColumn("target_kocs", targetKocs(settings.county()))
                .withColumn("gap", greatest(lit(0L), col("target_kocs").minus(col("kocs"))))
                .withColumn("recruit_id", when(col("gap").gt(0), col("first_recruit")))
                .select(
                        lit(day).as("day"),
                        col("province"),
                        col("city"),
                        col("county"),
                        col("users"),
                        col("kocs"),
                        col("target_kocs"),
                        col("gap"),
                        col("recruit_id"),
                        col("users_reached"),
                        col("users_reached_by_2"),
                        col("users_unreached"),
                        col("reached_rate"),
                        col("reached_by_2_rate"),
                        col("employee_friend_users"),
                        col("guide_customer_users"),
                        col("external_friend_users"),
                        col("user_friend_users"),
                        col("store_users"),
                        col("beyond_store_users"),
                        when(isOnline(), ONLINE).otherwise(IN_STORE).as("phase"),
                        reason().as("reason"),
                        nextAction().as("next_action"));
    }

    private static Dataset<Row> countReachByRegion(Dataset<Row> reach) {
        return reach.groupBy("region")
                .agg(
                        max("province").as("province"),
                        max("city").as("city"),
                        max("county").as("county"),
                        count(lit(1)).as("users"),
                        count_if(col("reaching_kocs").geq(1)).as("users_reached"),
                        count_if(col("reaching_kocs").geq(2)).as("users_reached_by_2"),
                        count_if(col("is_employee_reached")).as("employee_friend_users"),
                        count_if(col("is_guide_reached")).as("guide_customer_users"),
                        count_if(col("is_external_reached")).as("external_friend_users"),
                        count_if(col("is_user_reached")).as("user_friend_users"),
                        count_if(col("is_store_reached")).as("store_users"));
    }

    /**
     * The person to recruit first in each region: region, first_recruit, is_proven, recruit_name.
     *
     * @param lifecycle koc_lifecycle of the day
     * @param users as {@link koc.growth.GrowthUsers#describe} returns them
     */
    public static Dataset<Row> selectRecruits(Dataset<Row> lifecycle, Dataset<Row> users) {
        Column name = coalesce(ShortName.of(col("nickname")), ShortName.of(col("koc_id")));
        return lifecycle
                .where("recruit_rank IS NOT NULL")
                .join(users.select(col("user_id").as("koc_id"), col("region"), col("nickname")), "koc_id")
                .where("region IS NOT NULL")
                .groupBy("region")
                .agg(min_by(
                                struct(
                                        col("koc_id"),
                                        col("listed_as").equalTo("proven").as("is_proven"),
                                        name.as("name")),
                                col("recruit_rank"))
                        .as("first"))
                .select(
                        col("region"),
                        col("first.koc_id").as("first_recruit"),
                        col("first.is_proven"),
                        col("first.name").as("recruit_name"));
    }

    /** Active KOCs per region they live in: region, active_kocs. */
    public static Dataset<Row> countActiveByRegion(Dataset<Row> kocs) {
        return kocs.where("is_active").groupBy("region").agg(count(lit(1)).as("active_kocs"));
    }

    /**
     * Active KOCs wanted in a county: one for each {@code usersPerKoc} users, rounded up, and at most
     * {@code targetKocs}. Worked: 22 users and 20 users a KOC give 2. Needs users.
     */
    static Column targetKocs(GrowthSettings.County county) {
        return least(
                lit(county.targetKocs()),
                ceil(col("users").divide(county.usersPerKoc())).cast("int"));
    }

    private Column isOnline() {
        GrowthSettings.County county = settings.county();
        return col("kocs")
                .geq(col("target_kocs").multiply(county.onlineTargetFraction()))
                .and(col("reached_by_2_rate").geq(county.onlineReachedBy2Rate()));
    }

    /** Whether there are enough KOCs to cover the county online. */
    private Column reason() {
        return when(isOnline(), facts("growth.county.online")).otherwise(facts("growth.county.in-store"));
    }

    private Column facts(String text) {
        return texts.column(
                text, col("kocs"), col("target_kocs"), col("reached_by_2_rate").multiply(100));
    }

    /** Whom to win: KOCs where they are missing, and with whom to start; otherwise users. */
    private Column nextAction() {
        Column recruit = when(col("recruit_id").isNull(), texts.pattern("growth.county.recruit.nobody"))
                .when(col("is_proven"), texts.column("growth.county.recruit.proven", col("recruit_name")))
                .otherwise(texts.column("growth.county.recruit.unproven", col("recruit_name")));
        return texts.sentences(winning(), when(col("gap").gt(0), recruit));
    }

    private Column winning() {
        Column county = ShortName.of(col("county"));
        Column unreached = col("users_unreached");
        Column hasUnreached = unreached.gt(0);
        return when(
                        col("gap").gt(0).and(hasUnreached),
                        texts.column("growth.county.action.kocs", col("gap"), county, unreached, col("users")))
                .when(col("gap").gt(0), texts.column("growth.county.action.second-koc", county, col("gap")))
                .when(hasUnreached, texts.column("growth.county.action.users", county, unreached, col("users")))
                .when(not(isOnline()), texts.column("growth.county.action.second", county))
                .otherwise(texts.column("growth.county.action.nothing", county));
    }
}
