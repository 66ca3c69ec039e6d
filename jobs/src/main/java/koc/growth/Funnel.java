package koc.growth;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_max;
import static org.apache.spark.sql.functions.array_min;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.exists;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import koc.rules.Absent;
import koc.rules.EventTypes;
import koc.rules.KeptPurchases;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** From drawn to activated, converted and repeated, by KOC and scene. */
final class Funnel {
    /** Stands for all KOCs, profiles or scenes. */
    static final String ALL = "*";

    private static final String[] KOC = {"koc_id"};
    private static final String[] USER = {"user_id"};
    private static final String[] TIE = {"koc_id", "user_id"};
    private static final List<String> COUNTS = List.of(
            "drawn",
            "activation_due",
            "activated",
            "conversion_due",
            "converted",
            "repeat_due",
            "repeated",
            "posts",
            "replies",
            "clicks");

    private Funnel() {}

    /**
     * The ties that began in the window, open or ended since: one row per KOC and user, by its first tie; one whose
     * beginning is unknown is older than memory.
     *
     * @param spans as {@link koc.rules.OpenTies#computeSpans} or {@link koc.rules.OpenTies#inferSpans} returns them
     * @return koc_id, user_id, since, scene
     */
    static Dataset<Row> drawn(Dataset<Row> spans, LocalDate first, LocalDate day) {
        return spans.where(col("since").between(lit(first), lit(day)))
                .select(
                        col("koc_id"),
                        col("user_id"),
                        col("since"),
                        coalesce(col("scene"), lit(Absent.NONE)).as("scene"));
    }

    /** user_days in, one row per buyer out: user_id, bought_days, the days of which something was kept. */
    static Dataset<Row> boughtDays(Dataset<Row> userDays, LocalDate first, LocalDate day) {
        return Talk.inWindow(userDays, first, day)
                .groupBy("user_id", "day")
                .agg(KeptPurchases.isAnyKept().as("is_kept"))
                .where("is_kept")
                .groupBy("user_id")
                .agg(collect_list("day").as("bought_days"));
    }

    /** Events in, one row per KOC out: koc_id, posts (shares and posts made in the window). */
    static Dataset<Row> posts(Dataset<Row> events, LocalDate first, LocalDate day) {
        return Talk.inWindow(events, first, day)
                .where(EventTypes.isSharing())
                .groupBy(col("user_id").as("koc_id"))
                .agg(count(lit(1)).as("posts"));
    }

    /**
     * The rows of koc_funnel.
     *
     * <p>Each stage has its own window, and its rate counts only those for whom the window is over, so that yesterday's
     * friends do not make it look bad: activated of those drawn {@code activationDays} ago or more, converted of those
     * drawn {@code conversionDays} ago or more, repeated of those converted {@code repeatDays} ago or more. A purchase
     * converts from the day after the tie began, for many a tie begins with an order. Worked: 100 drawn, 80 of them due,
     * 20 of these replied: activation_rate .25.
     *
     * <p>The comparison of profiles is one of KOCs who chose them, not of what the profile alone does.
     *
     * @param drawn as {@link #drawn} returns them
     * @param talk as {@link Talk#of} returns it
     * @param bought as {@link #boughtDays} returns them
     * @param posts as {@link #posts} returns them
     * @param kocs as {@link Kocs#of} returns them; nobody else is counted
     */
    static Dataset<Row> rows(
            Dataset<Row> drawn,
            Dataset<Row> talk,
            Dataset<Row> bought,
            Dataset<Row> posts,
            Dataset<Row> kocs,
            GrowthSettings.Funnel settings,
            LocalDate day) {
        Dataset<Row> followed = drawn.join(talk, TIE, "full_outer").join(bought, USER, "left");
        Dataset<Row> staged = staged(followed, settings, day)
                .groupBy("koc_id", "scene")
                .agg(
                        count_if(col("is_drawn")).as("drawn"),
                        count_if(col("is_activation_due")).as("activation_due"),
                        count_if(col("is_activated")).as("activated"),
                        count_if(col("is_conversion_due")).as("conversion_due"),
                        count_if(col("is_converted")).as("converted"),
                        count_if(col("is_repeat_due")).as("repeat_due"),
                        count_if(col("is_repeated")).as("repeated"),
                        lit(0L).as("posts"),
                        sum(coalesce(col("replies"), lit(0L))).as("replies"),
                        sum(coalesce(col("clicks"), lit(0L))).as("clicks"),
                        max(array_max(col("engaged_days"))).as("engaged_on"));
        Dataset<Row> posted = posts.select(Stream.concat(
                        Stream.of(
                                col("koc_id"),
                                lit(null).cast("string").as("scene"),
                                lit(null).cast("date").as("engaged_on")),
                        COUNTS.stream().map(name -> name.equals("posts") ? col(name) : lit(0L).as(name)))
                .toArray(Column[]::new));
        return rates(levels(staged.unionByName(posted), kocs), day);
    }

    private static Dataset<Row> staged(Dataset<Row> followed, GrowthSettings.Funnel settings, LocalDate day) {
        Column since = col("since");
        Column isActivated = exists(
                col("engaged_days"), when -> when.geq(since).and(when.leq(date_add(since, settings.activationDays()))));
        Column firstBought = array_min(filter(
                col("bought_days"), when -> when.gt(since).and(when.leq(date_add(since, settings.conversionDays())))));
        Column isRepeated = exists(col("bought_days"), when -> when.gt(col("first_bought_on"))
                .and(when.leq(date_add(col("first_bought_on"), settings.repeatDays()))));
        return followed.withColumn("is_drawn", since.isNotNull())
                .withColumn("is_activation_due", isOver(since, settings.activationDays(), day))
                .withColumn("is_activated", col("is_activation_due").and(coalesce(isActivated, lit(false))))
                .withColumn("is_conversion_due", isOver(since, settings.conversionDays(), day))
                .withColumn("first_bought_on", when(col("is_conversion_due"), firstBought))
                .withColumn("is_converted", col("first_bought_on").isNotNull())
                .withColumn("is_repeat_due", isOver(col("first_bought_on"), settings.repeatDays(), day))
                .withColumn("is_repeated", col("is_repeat_due").and(coalesce(isRepeated, lit(false))));
    }

    private static Column isOver(Column start, int days, LocalDate day) {
        return coalesce(start.leq(lit(day.minusDays(days))), lit(false));
    }

    /** KOC x scene -> KOC x scene, KOC, profile, scene and all: one row of each. Talk and posts belong to no scene. */
    private static Dataset<Row> levels(Dataset<Row> counts, Dataset<Row> kocs) {
        Column all = lit(ALL);
        Column[] levels = {
            level(col("koc_id"), col("profile"), col("scene"), col("profile_completeness")),
            level(col("koc_id"), col("profile"), all, col("profile_completeness")),
            level(all, col("profile"), all, col("profile_completeness")),
            level(all, all, col("scene"), lit(null)),
            level(all, all, all, lit(null))
        };
        Column[] sums = Stream.concat(
                        COUNTS.stream().map(name -> sum(name).as(name)),
                        Stream.of(max("engaged_on").as("engaged_on")))
                .toArray(Column[]::new);
        // By level and KOC first, so that a KOC with many scenes counts once.
        return counts.join(kocs.select("koc_id", "profile", "profile_completeness"), KOC, "inner")
                .withColumn("level", explode(array(levels)))
                .where("level.scene IS NOT NULL")
                .groupBy("level.koc_id", "level.profile", "level.scene", "koc_id")
                .agg(max("level.profile_completeness").as("profile_completeness"), sums)
                .toDF(Stream.concat(
                                Stream.of("level_koc_id", "profile", "scene", "koc_id", "profile_completeness"),
                                Stream.concat(COUNTS.stream(), Stream.of("engaged_on")))
                        .toArray(String[]::new))
                .groupBy(col("level_koc_id").as("koc_id"), col("profile"), col("scene"))
                .agg(
                        max("profile_completeness").as("profile_completeness"),
                        Stream.concat(Stream.of(count(lit(1)).as("kocs")), Stream.of(sums))
                                .toArray(Column[]::new));
    }

    private static Column level(Column koc, Column profile, Column scene, Column completeness) {
        return struct(
                koc.as("koc_id"),
                profile.as("profile"),
                scene.as("scene"),
                completeness.cast("double").as("profile_completeness"));
    }

    private static Dataset<Row> rates(Dataset<Row> counts, LocalDate day) {
        Column isWhole = col("scene").equalTo(ALL);
        Column posts = when(isWhole, col("posts"));
        return counts.select(
                lit(day).as("day"),
                col("koc_id"),
                col("profile"),
                col("scene"),
                col("kocs"),
                col("profile_completeness"),
                col("drawn"),
                col("activation_due"),
                col("activated"),
                share(col("activated"), col("activation_due")).as("activation_rate"),
                col("conversion_due"),
                col("converted"),
                share(col("converted"), col("conversion_due")).as("conversion_rate"),
                col("repeat_due"),
                col("repeated"),
                share(col("repeated"), col("repeat_due")).as("repeat_rate"),
                posts.as("posts"),
                when(isWhole, col("replies")).as("replies"),
                when(isWhole, col("clicks")).as("clicks"),
                share(col("replies"), posts).as("replies_per_post"),
                share(col("clicks"), posts).as("clicks_per_post"),
                when(isWhole, datediff(lit(day), col("engaged_on"))).as("days_since_engagement"));
    }

    /** Part over whole; null where the whole is 0 or null. */
    static Column share(Column part, Column whole) {
        return when(whole.gt(0), part.cast("double").divide(whole));
    }
}
