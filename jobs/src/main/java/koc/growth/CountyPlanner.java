package koc.growth;

import static org.apache.spark.sql.functions.bool_or;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import java.time.LocalDate;
import koc.rules.KocType;
import koc.text.Texts;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/** How well KOCs cover each county, and whom to activate next. */
final class CountyPlanner {
    private static final String[] PLACE = {"place"};
    private static final String[] KOC = {"koc_id"};
    private static final String[] USER = {"user_id"};
    /** Steps in which the sampled share of a county's users is cut. */
    private static final int BUCKETS = 1_000_000;

    private CountyPlanner() {}

    /**
     * Users who live somewhere, and how often active KOCs reach them.
     *
     * <p>Grain: one row per user with a place. A KOC reaches a user by an open tie, wherever the KOC lives; a user's
     * edges are kept apart, and {@code by_store} tells whether an employee or guide is among them.
     *
     * @param users user_id, place, province, city, county
     * @param ties tie_strengths of the day
     * @param kocs as {@link Kocs#of} returns them
     * @return user_id, place, province, city, county, times_reached (0 and more), by_employee, by_guide, by_external,
     *     by_user, by_store
     */
    static Dataset<Row> reached(Dataset<Row> users, Dataset<Row> ties, Dataset<Row> kocs) {
        Dataset<Row> reached = ties.join(kocs.where("is_active").select("koc_id"), KOC, "left_semi")
                .groupBy("user_id")
                .agg(
                        count(lit(1)).as("active_kocs"),
                        bool_or(KocType.EMPLOYEE.isOfEdge()).as("by_employee"),
                        bool_or(KocType.GUIDE.isOfEdge()).as("by_guide"),
                        bool_or(KocType.EXTERNAL.isOfEdge()).as("by_external"),
                        bool_or(KocType.USER.isOfEdge()).as("by_user"));
        return users.where("place IS NOT NULL")
                .select("user_id", "place", "province", "city", "county")
                .join(reached, USER, "left")
                .select(
                        col("user_id"),
                        col("place"),
                        col("province"),
                        col("city"),
                        col("county"),
                        coalesce(col("active_kocs"), lit(0L)).as("times_reached"),
                        coalesce(col("by_employee"), lit(false)).as("by_employee"),
                        coalesce(col("by_guide"), lit(false)).as("by_guide"),
                        coalesce(col("by_external"), lit(false)).as("by_external"),
                        coalesce(col("by_user"), lit(false)).as("by_user"))
                .withColumn("by_store", col("by_employee").or(col("by_guide")));
    }

    /**
     * The rows of county_coverage: users who live there -> one row per county.
     *
     * <p>A county is online-dense when it has {@code onlineKocs} of its target and {@code onlineReachedBy2} of its users
     * are reached by two or more; before that the work is done offline, in depth.
     *
     * @param reached as {@link #reached} returns it
     */
    static Dataset<Row> coverage(Dataset<Row> reached, Dataset<Row> kocs, GrowthSettings settings, LocalDate day) {
        Texts texts = Texts.of(settings.language());
        int target = settings.county().target();
        Column users = col("users");
        Column isDense = col("kocs")
                .geq(settings.county().onlineKocs() * target)
                .and(col("reached_by_2_rate").geq(settings.county().onlineReachedBy2()));
        Column facts = texts.column(
                "growth.county.facts",
                col("kocs"),
                lit(target),
                col("reached_rate").multiply(100),
                users,
                col("reached_by_2_rate").multiply(100));
        Column reason = concat_ws(
                texts.pattern("growth.between"),
                facts,
                when(isDense, texts.pattern("growth.county.online"))
                        .otherwise(texts.text(
                                "growth.county.offline",
                                (int) Math.ceil(settings.county().onlineKocs() * target),
                                100 * settings.county().onlineReachedBy2())),
                when(
                        col("beyond_store_users").gt(0),
                        texts.column("growth.county.beyond", col("store_users"), col("beyond_store_users"))));
        Dataset<Row> active =
                kocs.where("is_active").groupBy("place").agg(count(lit(1)).as("active_kocs"));
        return reached.groupBy("place")
                .agg(
                        max("province").as("province"),
                        max("city").as("city"),
                        max("county").as("county"),
                        count(lit(1)).as("users"),
                        count_if(col("times_reached").geq(1)).as("users_reached"),
                        count_if(col("times_reached").geq(2)).as("users_reached_by_2"),
                        count_if(col("by_employee")).as("employee_friend_users"),
                        count_if(col("by_guide")).as("guide_customer_users"),
                        count_if(col("by_external")).as("external_friend_users"),
                        count_if(col("by_user")).as("user_friend_users"),
                        count_if(col("by_store")).as("store_users"))
                .join(active, PLACE, "left")
                .withColumn("kocs", coalesce(col("active_kocs"), lit(0L)))
                .withColumn("reached_rate", col("users_reached").divide(users))
                .withColumn("reached_by_2_rate", col("users_reached_by_2").divide(users))
                .withColumn("beyond_store_users", col("users_reached").minus(col("store_users")))
                .select(
                        lit(day).as("day"),
                        col("province"),
                        col("city"),
                        col("county"),
                        users,
                        col("kocs"),
                        lit(target).as("target_kocs"),
                        greatest(lit(0L), lit((long) target).minus(col("kocs"))).as("gap"),
                        col("users_reached"),
                        col("users_reached_by_2"),
                        col("reached_rate"),
                        col("reached_by_2_rate"),
                        col("employee_friend_users"),
                        col("guide_customer_users"),
                        col("external_friend_users"),
                        col("user_friend_users"),
                        col("store_users"),
                        col("beyond_store_users"),
                        when(isDense, "online-dense").otherwise("offline-deep").as("phase"),
                        reason.as("reason"));
    }

    /**
     * Whom each KOC who could be activated would add: one row per KOC who has a pool, is neither active nor revoked, and
     * user of its own county whom fewer than two active KOCs reach.
     *
     * @return place, koc_id, user_id, times_reached (0 or 1)
     */
    static Dataset<Row> additions(Dataset<Row> ties, Dataset<Row> kocs, Dataset<Row> reached) {
        Dataset<Row> candidates = kocs.where("NOT is_active AND NOT is_revoked AND place IS NOT NULL")
                .select(col("koc_id"), col("place").as("koc_place"));
        return ties.select("koc_id", "user_id")
                .join(candidates, KOC, "inner")
                .join(reached.where("times_reached < 2").select("user_id", "place", "times_reached"), USER, "inner")
                .where("place = koc_place")
                .select("place", "koc_id", "user_id", "times_reached");
    }

    /**
     * The rows of county_next_kocs: the greedy choice ({@link GreedyReach}) in every county that lacks KOCs.
     *
     * <p>Bounded whatever the size: per county the KOCs with most to add are compared, on a seeded sample of users where
     * there are many; KOCs that are not compared count in the bound.
     *
     * @param additions as {@link #additions} returns them, read twice
     */
    static Dataset<Row> next(
            Dataset<Row> additions, Dataset<Row> reached, Dataset<Row> kocs, GrowthSettings settings, LocalDate day) {
        GrowthSettings.County county = settings.county();
        Dataset<Row> compared = compared(additions, county);
        Dataset<Row> places = places(reached, kocs, county);
        Column sampled = pmod(xxhash64(col("user_id"), lit(settings.seed())), lit((long) BUCKETS))
                .lt(col("sampled_fraction").multiply(BUCKETS));
        Dataset<Row> pairs = additions
                .join(compared.select("koc_id", "left_out", "most_left_out"), KOC, "inner")
                .join(places.select("place", "sampled_fraction", "picks"), PLACE, "inner")
                .where(sampled)
                .select(
                        col("place"),
                        col("koc_id"),
                        col("user_id"),
                        col("times_reached"),
                        col("picks"),
                        col("left_out"),
                        col("most_left_out").multiply(col("sampled_fraction")).as("most_left_out"));
        Dataset<Row> chosen = pairs.to(CountyChoice.NEEDED)
                .groupByKey((MapFunction<Row, String>) row -> row.getString(0), Encoders.STRING())
                .flatMapGroups(new CountyChoice(county.secondWeight()), Encoders.row(CountyChoice.CHOSEN));
        return rows(chosen, compared, places, kocs, Texts.of(settings.language()), day);
    }

    /** Of each county the candidates with most to add; what the others add at most. */
    private static Dataset<Row> compared(Dataset<Row> additions, GrowthSettings.County county) {
        // Counts, and not a sum of weights, which would depend on the order of rows in its last digits.
        Column gain = count_if(col("times_reached").equalTo(0))
                .plus(count_if(col("times_reached").equalTo(1)).multiply(county.secondWeight()));
        WindowSpec inPlace = Window.partitionBy("place");
        WindowSpec byGain = inPlace.orderBy(col("most").desc(), col("koc_id").asc());
        return additions
                .groupBy("place", "koc_id")
                .agg(gain.as("most"))
                .withColumn("place_rank", row_number().over(byGain))
                .withColumn("candidates", count(lit(1)).over(inPlace))
                .withColumn(
                        "most_left_out",
                        coalesce(
                                max(when(col("place_rank").gt(county.candidates()), col("most")))
                                        .over(inPlace),
                                lit(0.0)))
                .where(col("place_rank").leq(county.candidates()))
                .withColumn("left_out", greatest(lit(0L), col("candidates").minus(county.candidates())));
    }

    /** Counties that lack KOCs: place, province, city, county, sampled_fraction, picks. */
    private static Dataset<Row> places(Dataset<Row> reached, Dataset<Row> kocs, GrowthSettings.County county) {
        Dataset<Row> active =
                kocs.where("is_active").groupBy("place").agg(count(lit(1)).as("active_kocs"));
        Column gap = lit((long) county.target()).minus(coalesce(col("active_kocs"), lit(0L)));
        return reached.groupBy("place")
                .agg(
                        max("province").as("province"),
                        max("city").as("city"),
                        max("county").as("county"),
                        count(lit(1)).as("users"))
                .join(active, PLACE, "left")
                .withColumn("picks", least(gap, lit((long) county.next())).cast("int"))
                .withColumn(
                        "sampled_fraction",
                        least(lit(1.0), lit((double) county.users()).divide(col("users"))))
                .where("picks > 0");
    }

    private static Dataset<Row> rows(
            Dataset<Row> chosen,
            Dataset<Row> compared,
            Dataset<Row> places,
            Dataset<Row> kocs,
            Texts texts,
            LocalDate day) {
        Column scale = lit(1.0).divide(col("sampled_fraction"));
        Column added = round(col("first").multiply(scale)).cast("long");
        Column addedSecond = round(col("second").multiply(scale)).cast("long");
        Column reason = concat_ws(
                texts.pattern("growth.between"),
                texts.column("growth.next.adds", added, addedSecond, col("members")),
                texts.column(
                        "growth.next.bound",
                        col("rank"),
                        col("greedy_bound").multiply(100),
                        col("data_bound").multiply(100)),
                when(
                        col("left_out").gt(0),
                        texts.column(
                                "growth.next.left-out", col("candidates").minus(col("left_out")), col("candidates"))),
                when(
                        col("sampled_fraction").lt(1),
                        texts.column(
                                "growth.next.sampled", col("sampled_fraction").multiply(100))));
        return chosen.join(compared.select("koc_id", "place", "candidates", "left_out"), KOC, "inner")
                .join(places, PLACE, "inner")
                .join(kocs.select("koc_id", "koc_type", "level", "members"), KOC, "inner")
                .select(
                        lit(day).as("day"),
                        col("province"),
                        col("city"),
                        col("county"),
                        col("rank"),
                        col("koc_id"),
                        col("koc_type"),
                        col("level"),
                        col("members").as("pool_size"),
                        added.as("users_added"),
                        addedSecond.as("users_added_second"),
                        round(col("gain").multiply(scale), 6).as("gain"),
                        round(col("total_gain").multiply(scale), 6).as("total_gain"),
                        round(col("greedy_bound"), 6).as("greedy_bound"),
                        round(col("data_bound"), 6).as("data_bound"),
                        col("candidates"),
                        col("candidates").minus(col("left_out")).as("candidates_compared"),
                        col("sampled_fraction"),
                        reason.as("reason"));
    }
}
