package koc.features;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.array_distinct;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.ln;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import java.util.stream.Stream;
import koc.rules.CategoryPath;
import koc.text.Texts;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * Tags of users, each with a strength and the numbers it is based on: user grain -> user x tag grain, as user_tags.
 *
 * @param settings thresholds of the tags
 * @param texts language of the evidence
 */
record UserTags(FeatureSettings.Tags settings, Texts texts) {
    /** Steps of the spend rank per factor of e (2.718), so that spends within 2% of each other are in one step. */
    private static final double STEPS = 50;
    /** Smaller spends count as this one, because the logarithm of 0 is undefined. */
    private static final double MIN_SPEND = 0.01;

    private static final String STATISTIC = "statistic";
    private static final String RULE = "rule";

    /**
     * The tags of every user. A likely joint account gets tags by rule only, because its numbers do not describe one
     * person.
     *
     * @param features user_features as of the run date
     * @param categories user_categories as of the run date
     */
    Dataset<Row> compute(Dataset<Row> features, Dataset<Row> categories) {
        // user_categories also has ids that are no persons.
        Dataset<Row> persons = features.where("NOT is_likely_joint_account").select("user_id");
        return featureTags(features)
                .unionByName(categoryTags(categories.join(persons, new String[] {"user_id"}, "left_semi")))
                .unionByName(brandLabels(features));
    }

    private Dataset<Row> featureTags(Dataset<Row> features) {
        Column[] tags = Stream.of(valueTags(), purchaseTags(), timeTags(), accountTags())
                .flatMap(List::stream)
                .toArray(Column[]::new);
        // In a column of their own, because Spark compiles columns but interprets what it explodes in so long a step.
        return withSpendRank(features)
                .select(
                        col("day"),
                        col("user_id"),
                        col("is_likely_joint_account"),
                        array_compact(array(tags)).as("tags"))
                .select(
                        col("day"),
                        col("user_id"),
                        col("is_likely_joint_account"),
                        explode(col("tags")).as("tag"))
                .where(not(col("is_likely_joint_account")).or(col("tag.kind").equalTo(RULE)))
                .select("day", "user_id", "tag.*");
    }

    private List<Column> valueTags() {
        Column spend = col("net_spend_365d").cast("double");
        Column rank = col("spend_rank");
        Column isBuyer = spend.gt(0);
        Column isHigh = rank.geq(1 - settings.highValueFraction());
        Column isLow = rank.lt(settings.lowValueFraction());
        Evidence evidence = inDays("tag.value", spend, col("history_days"));
        return List.of(
                tag(isBuyer.and(isHigh), "value:high", STATISTIC, rank, evidence),
                tag(isBuyer.and(isLow), "value:low", STATISTIC, lit(1.0).minus(rank), evidence),
                tag(isBuyer.and(isHigh.or(isLow).equalTo(false)), "value:middle", STATISTIC, lit(0.5), evidence),
                tag(
                        isBuyer.equalTo(false),
                        "value:none",
                        STATISTIC,
                        lit(1.0),
                        new Evidence(spend, col("history_days"), texts.column("tag.value.none", col("history_days")))));
    }

    private List<Column> purchaseTags() {
        Column price = col("price_level");
        Column discount = col("discount_rate");
        return List.of(
                tag(
                        price.geq(settings.premiumPriceLevel()),
                        "price:premium",
                        STATISTIC,
                        lit(1.0).minus(lit(1.0).divide(price)),
                        number("tag.price", price)),
                tag(
                        price.leq(settings.economyPriceLevel()),
                        "price:economy",
                        STATISTIC,
                        lit(1.0).minus(price),
                        number("tag.price", price)),
                tag(
                        discount.geq(settings.discountRate()),
                        "discount:seeker",
                        STATISTIC,
                        discount,
                        percent("tag.discount", discount)));
    }

    private List<Column> timeTags() {
        return List.of(
                timeTag("morning", settings.time().morning()),
                timeTag("evening", settings.time().evening()),
                timeTag("night", settings.time().night()),
                timeTag("weekend", settings.time().weekend()));
    }

    private Column timeTag(String time, double minFraction) {
        Column fraction = col(time + "_fraction");
        return tag(
                fraction.geq(minFraction).and(col("is_newcomer").equalTo(false)),
                "time:" + time,
                STATISTIC,
                fraction,
                percent("tag.habit." + time, fraction));
    }

    private List<Column> accountTags() {
        Column shares = col("shares_90d");
        Column days = least(lit(90), col("history_days"));
        return List.of(
                tag(
                        shares.geq(settings.sharerShares()),
                        "social:sharer",
                        STATISTIC,
                        lit(1.0).minus(lit(1.0).divide(shares)),
                        inDays("tag.sharer", shares, days)),
                tag(
                        col("is_newcomer"),
                        "newcomer:yes",
                        RULE,
                        lit(1.0),
                        inDays("tag.newcomer", col("product_actions_365d"), col("history_days"))),
                tag(
                        col("is_likely_automated"),
                        "account:automated",
                        RULE,
                        lit(1.0),
                        inDays("tag.automated", col("shares_365d"), col("history_days"))),
                tag(
                        col("is_likely_joint_account"),
                        "account:joint",
                        RULE,
                        lit(1.0),
                        inDays("tag.joint", col("orders_365d"), col("history_days"))),
                recordedTag("life stage:", col("life_stage")),
                recordedTag("gender:", col("gender")));
    }

    private Column recordedTag(String prefix, Column value) {
        return tag(value.isNotNull(), concat(lit(prefix), value), RULE, lit(1.0), recorded());
    }

    /** The categories with most attention of each user. */
    private Dataset<Row> categoryTags(Dataset<Row> categories) {
        Column fraction = col("attention_fraction");
        Column position = row_number()
                .over(Window.partitionBy("user_id")
                        .orderBy(fraction.desc(), col("category"))
                        .rowsBetween(Window.unboundedPreceding(), Window.currentRow()));
        return categories
                .where(CategoryPath.isPresent(col("category")))
                .withColumn("position", position)
                .where(col("position").leq(settings.categories()))
                .select(
                        col("day"),
                        col("user_id"),
                        concat(lit("category:"), col("category")).as("tag"),
                        lit(STATISTIC).as("kind"),
                        fraction.as("weight"),
                        fraction.as("measure"),
                        lit(null).cast("int").as("days"),
                        percent("tag.category", fraction).text().as("evidence"));
    }

    /** The labels that the brand gave to its users. */
    private Dataset<Row> brandLabels(Dataset<Row> features) {
        return features.select(
                        col("day"),
                        col("user_id"),
                        explode(array_distinct(transform(col("user_tags"), label -> trim(label))))
                                .as("label"))
                .where(col("label").notEqual(""))
                .select(
                        col("day"),
                        col("user_id"),
                        concat(lit("label:"), col("label")).as("tag"),
                        lit(RULE).as("kind"),
                        lit(1.0).as("weight"),
                        recorded().measure().as("measure"),
                        recorded().days().as("days"),
                        recorded().text().as("evidence"));
    }

    /**
     * Adds {@code spend_rank}, 0..1: the fraction of buyers who spend less, without joint accounts; null for users
     * without net spend. Spends are ranked in steps of two percent, so that the ranking is a small table however many
     * users there are.
     */
    private static Dataset<Row> withSpendRank(Dataset<Row> features) {
        Column step = floor(ln(greatest(col("net_spend_365d"), lit(MIN_SPEND))).multiply(STEPS));
        Dataset<Row> steps = features.where("NOT is_likely_joint_account AND net_spend_365d > 0")
                .groupBy(step.as("step"))
                .agg(count(lit(1)).as("buyers"));
        Column buyersBelow = coalesce(
                sum("buyers").over(Window.orderBy("step").rowsBetween(Window.unboundedPreceding(), -1)), lit(0L));
        Column allBuyers = sum("buyers")
                .over(Window.orderBy("step").rowsBetween(Window.unboundedPreceding(), Window.unboundedFollowing()));
        Dataset<Row> ranks = steps.select(
                col("step"),
                buyersBelow.cast("double").divide(allBuyers.cast("double")).as("spend_rank"));
        return features.withColumn("step", when(col("net_spend_365d").gt(0), step))
                .join(broadcast(ranks), new String[] {"step"}, "left")
                .drop("step");
    }

    /**
     * What a tag is based on.
     *
     * @param measure the number that the text quotes; null without one
     * @param days that the text quotes; null without any
     */
    private record Evidence(Column measure, Column days, Column text) {}

    private Evidence number(String name, Column number) {
        return new Evidence(number, lit(null), texts.column(name, number));
    }

    private Evidence percent(String name, Column fraction) {
        return new Evidence(fraction, lit(null), texts.column(name, fraction.multiply(100)));
    }

    private Evidence inDays(String name, Column measure, Column days) {
        return new Evidence(measure, days, texts.column(name, measure, days));
    }

    private Evidence recorded() {
        return new Evidence(lit(null).cast("double"), lit(null).cast("int"), texts.column("tag.recorded"));
    }

    private static Column tag(Column condition, String name, String kind, Column weight, Evidence evidence) {
        return tag(condition, lit(name), kind, weight, evidence);
    }

    private static Column tag(Column condition, Column name, String kind, Column weight, Evidence evidence) {
        return when(
                condition,
                struct(
                        name.as("tag"),
                        lit(kind).as("kind"),
                        least(lit(1.0), greatest(lit(0.0), weight)).as("weight"),
                        evidence.measure().cast("double").as("measure"),
                        evidence.days().cast("int").as("days"),
                        evidence.text().as("evidence")));
    }
}
