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
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.try_divide;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import koc.rules.Absent;
import koc.rules.DayWindow;
import koc.rules.EventTypes;
import koc.rules.KeptPurchases;
import koc.tables.Frame;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** How many users each KOC acquired, and how many of them were activated, converted and bought again. */
public final class Funnel {
    /** Stands for all KOCs, profiles or scenes. */
    public static final String ALL = "*";

    /** The ties that began in the window. */
    public static final Frame ACQUISITIONS = Frame.named("acquisitions")
            .grain("one row per KOC and user whose first tie began in the window")
            .columns("""
                    koc_id  STRING COMMENT 'Who acquired the user',
                    user_id STRING COMMENT 'The user',
                    since   DATE   COMMENT 'First day of the tie',
                    scene   STRING COMMENT 'Where it began; (none) when not recorded'""");

    private static final List<String> COUNTS = List.of(
            "acquired",
            "activation_due",
            "activated",
            "conversion_due",
            "converted",
            "repeat_due",
            "repeated",
            "posts",
            "inquiries",
            "replies",
            "clicks");

    private final GrowthSettings.Funnel settings;
    private final LocalDate day;
    private final LocalDate first;

    public Funnel(GrowthSettings.Funnel settings, LocalDate day) {
        this.settings = settings;
        this.day = day;
        this.first = DayWindow.first(day, settings.windowDays());
    }

    /**
     * Ties over time -> the acquisitions of the window ({@link #ACQUISITIONS}), whether or not the tie ended
     * since. A tie without a start date is older than the records and does not count.
     *
     * @param spans as {@link koc.rules.OpenTies#computeSpans} or {@link koc.rules.OpenTies#inferSpans} returns them
     */
    public Dataset<Row> selectAcquisitions(Dataset<Row> spans) {
        return spans.where(col("since").between(lit(first), lit(day)))
                .withColumn("scene", coalesce(col("scene"), lit(Absent.NONE)))
                .to(ACQUISITIONS.schema());
    }

    /** user_days -> one row per buyer: user_id, purchase_days (days with a purchase that was kept at least in part). */
    public Dataset<Row> collectPurchaseDays(Dataset<Row> userDays) {
        return Engagement.keepWindow(userDays, first, day)
                .groupBy("user_id", "day")
                .agg(KeptPurchases.isAnyKept().as("is_kept"))
                .where("is_kept")
                .groupBy("user_id")
                .agg(collect_list("day").as("purchase_days"));
    }

    /** Events -> one row per KOC: koc_id, posts (shares and posts made in the window). */
    public Dataset<Row> countPosts(Dataset<Row> events) {
        return Engagement.keepWindow(events, first, day)
                .where(EventTypes.isSharing())
                .groupBy(col("user_id").as("koc_id"))
                .agg(count(lit(1)).as("posts"));
    }

    /**
     * The rows of koc_funnel.
     *
     * <p>Each stage has its own time limit. Its rate counts only users whose time is over, so that recent users do not
     * lower it. Activation is due {@code activationDays} after the tie began, conversion {@code conversionDays} after
     * it, and a repeat {@code repeatDays} after the converting purchase. Conversion counts from the day after the tie
     * began, because many ties begin with an order. Worked: of 100 acquired users 80 are due, and 20 of these asked or
     * clicked: activation_rate .25. A rate of fewer than {@code minDue} users is null, because it would be chance.
     *
     * <p>Profiles are compared between KOCs who chose them, which does not measure the effect of a profile alone.
     *
     * @param acquisitions {@link #ACQUISITIONS}
     * @param engagement {@link Engagement#ENGAGEMENT}
     * @param purchaseDays as {@link #collectPurchaseDays} returns them
     * @param posts as {@link #countPosts} returns them
     * @param kocs {@link GrowthKocs#KOCS}; only these are counted
     */
    public Dataset<Row> compute(
            Dataset<Row> acquisitions,
            Dataset<Row> engagement,
            Dataset<Row> purchaseDays,
            Dataset<Row> posts,
            Dataset<Row> kocs) {
        Dataset<Row> users = acquisitions
                .join(engagement, new String[] {"koc_id", "user_id"}, "full_outer")
                .join(purchaseDays, new String[] {"user_id"}, "left");
        Dataset<Row> counts = countStages(withStages(users)).unionByName(withZeroStages(posts));
        return withRates(rollUp(counts, kocs));
    }

    /** Flags the stages that are due and reached; per KOC and user. */
    private Dataset<Row> withStages(Dataset<Row> users) {
        Column since = col("since");
        Column isActivated = exists(
                col("engaged_days"), date -> date.geq(since).and(date.leq(date_add(since, settings.activationDays()))));
        Column firstPurchase = array_min(filter(col("purchase_days"), date -> date.gt(since)
                .and(date.leq(date_add(since, settings.conversionDays())))));
        Column isRepeated = exists(col("purchase_days"), date -> date.gt(col("first_purchase_on"))
                .and(date.leq(date_add(col("first_purchase_on"), settings.repeatDays()))));
        return users.withColumn("is_acquired", since.isNotNull())
                .withColumn("is_activation_due", isOver(since, settings.activationDays()))
                .withColumn("is_activated", col("is_activation_due").and(coalesce(isActivated, lit(false))))
                .withColumn("is_conversion_due", isOver(since, settings.conversionDays()))
                .withColumn("first_purchase_on", when(col("is_conversion_due"), firstPurchase))
                .withColumn("is_converted", col("first_purchase_on").isNotNull())
                .withColumn("is_repeat_due", isOver(col("first_purchase_on"), settings.repeatDays()))
                .withColumn("is_repeated", col("is_repeat_due").and(coalesce(isRepeated, lit(false))));
    }

    private Column isOver(Column start, int days) {
        return coalesce(start.leq(lit(day.minusDays(days))), lit(false));
    }

    private static Dataset<Row> countStages(Dataset<Row> users) {
        return users.groupBy("koc_id", "scene")
                .agg(
                        count_if(col("is_acquired")).as("acquired"),
                        count_if(col("is_activation_due")).as("activation_due"),
                        count_if(col("is_activated")).as("activated"),
                        count_if(col("is_conversion_due")).as("conversion_due"),
                        count_if(col("is_converted")).as("converted"),
                        count_if(col("is_repeat_due")).as("repeat_due"),
                        count_if(col("is_repeated")).as("repeated"),
                        lit(0L).as("posts"),
                        sum(coalesce(col("inquiries"), lit(0L))).as("inquiries"),
                        sum(coalesce(col("replies"), lit(0L))).as("replies"),
                        sum(coalesce(col("clicks"), lit(0L))).as("clicks"),
                        max(array_max(col("engaged_days"))).as("engaged_on"));
    }

    /** Posts with the columns of {@link #countStages}, all other counts 0. */
    private static Dataset<Row> withZeroStages(Dataset<Row> posts) {
        Stream<Column> keys = Stream.of(
                col("koc_id"),
                lit(null).cast("string").as("scene"),
                lit(null).cast("date").as("engaged_on"));
        Stream<Column> counts = COUNTS.stream().map(name -> name.equals("posts") ? col(name) : lit(0L).as(name));
        return posts.select(Stream.concat(keys, counts).toArray(Column[]::new));
    }

    /**
     * KOC x scene -> five levels: KOC x scene, KOC, profile, scene, and all. Engagement without an acquisition and
     * posts have no scene, and count in the levels without scenes only.
     */
    private static Dataset<Row> rollUp(Dataset<Row> counts, Dataset<Row> kocs) {
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
        // By KOC first, so that a KOC with many scenes counts once.
        Dataset<Row> perKoc = counts.join(
                        kocs.select("koc_id", "profile", "profile_completeness"), new String[] {"koc_id"}, "inner")
                .withColumn("level", explode(array(levels)))
                .where("level.scene IS NOT NULL")
                .groupBy(
                        col("level.koc_id").as("level_koc_id"),
                        col("level.profile").as("level_profile"),
                        col("level.scene").as("level_scene"),
                        col("koc_id"))
                .agg(max("level.profile_completeness").as("profile_completeness"), sums);
        return perKoc.groupBy(
                        col("level_koc_id").as("koc_id"),
                        col("level_profile").as("profile"),
                        col("level_scene").as("scene"))
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

    private Dataset<Row> withRates(Dataset<Row> counts) {
        Column isAllScenes = col("scene").equalTo(ALL);
        Column posts = when(isAllScenes, col("posts"));
        return counts.select(
                lit(day).as("day"),
                col("koc_id"),
                col("profile"),
                col("scene"),
                col("kocs"),
                col("profile_completeness"),
                col("acquired"),
                col("activation_due"),
                col("activated"),
                rate("activated", "activation_due").as("activation_rate"),
                col("conversion_due"),
                col("converted"),
                rate("converted", "conversion_due").as("conversion_rate"),
                col("repeat_due"),
                col("repeated"),
                rate("repeated", "repeat_due").as("repeat_rate"),
                posts.as("posts"),
                when(isAllScenes, col("inquiries")).as("inquiries"),
                when(isAllScenes, col("replies")).as("replies"),
                when(isAllScenes, col("clicks")).as("clicks"),
                round(try_divide(col("inquiries"), posts), 4).as("inquiries_per_post"),
                round(try_divide(col("clicks"), posts), 4).as("clicks_per_post"),
                when(isAllScenes, datediff(lit(day), col("engaged_on"))).as("days_since_engagement"));
    }

    /** The fraction of the due users who did it; null if fewer than {@code minDue} are due. */
    private Column rate(String done, String due) {
        return when(col(due).geq(settings.minDue()), round(try_divide(col(done), col(due)), 4));
    }
}
