package koc.features;

import static org.apache.spark.sql.functions.array;
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
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.when;

import koc.rules.CategoryPath;
import koc.text.Texts;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/** What can be said of a user in a word, with the numbers it came from: user grain -> user x tag grain. */
final class UserTags {
    /** Spends whose logarithms agree to this fraction share a step of the ranking: 50 steps for each factor of e. */
    private static final double STEPS = 50;
    /** The smallest spend that is told apart, one hundredth: the logarithm of nothing has no step. */
    private static final double SMALLEST_SPEND = 0.01;

    private UserTags() {}

    /**
     * The tags of every user.
     *
     * @param features user_features as of the run date
     * @param categories user_categories as of the run date
     */
    static Dataset<Row> tags(Dataset<Row> features, Dataset<Row> categories, FeatureSettings settings, Texts texts) {
        return statistics(features, settings, texts)
                .unionByName(categoryTags(categories, settings, texts))
                .unionByName(brandTags(features, texts));
    }

    private static Dataset<Row> statistics(Dataset<Row> features, FeatureSettings settings, Texts texts) {
        Dataset<Row> ranked = withSpendRank(features);
        Column spend = col("net_spend_365d").cast("double");
        FeatureSettings.Tags tags = settings.tags();
        Column isHigh = col("spend_rank").geq(1 - tags.highValueFraction());
        Column isLow = col("spend_rank").lt(tags.lowValueFraction());
        Column isBuyer = spend.gt(0);
        Column rank = col("spend_rank").multiply(100);
        Column price = col("price_level");
        Column discount = col("discount_rate");
        return ranked.select(
                        col("day"),
                        col("user_id"),
                        explode(array(
                                        tag(
                                                isBuyer.and(isHigh),
                                                "value:high",
                                                "statistic",
                                                col("spend_rank"),
                                                texts.column("tag.value", spend, rank)),
                                        tag(
                                                isBuyer.and(isLow),
                                                "value:low",
                                                "statistic",
                                                lit(1.0).minus(col("spend_rank")),
                                                texts.column("tag.value", spend, rank)),
                                        tag(
                                                isBuyer.and(isHigh.or(isLow).equalTo(false)),
                                                "value:middle",
                                                "statistic",
                                                lit(0.5),
                                                texts.column("tag.value", spend, rank)),
                                        tag(
                                                isBuyer.equalTo(false),
                                                "value:none",
                                                "statistic",
                                                lit(1.0),
                                                texts.column("tag.value.none")),
                                        tag(
                                                price.geq(tags.premiumPriceLevel()),
                                                "price:premium",
                                                "statistic",
                                                lit(1.0).minus(lit(1.0).divide(price)),
                                                texts.column("tag.price", price)),
                                        tag(
                                                price.leq(tags.economyPriceLevel()),
                                                "price:economy",
                                                "statistic",
                                                lit(1.0).minus(price),
                                                texts.column("tag.price", price)),
                                        tag(
                                                discount.geq(tags.discountShare()),
                                                "discount:seeker",
                                                "statistic",
                                                discount,
                                                texts.column("tag.discount", discount.multiply(100))),
                                        habit("morning", tags.time().morning(), texts),
                                        habit("evening", tags.time().evening(), texts),
                                        habit("night", tags.time().night(), texts),
                                        habit("weekend", tags.time().weekend(), texts),
                                        tag(
                                                col("shares_90d").geq(tags.sharerShares()),
                                                "social:sharer",
                                                "statistic",
                                                lit(1.0).minus(lit(1.0).divide(col("shares_90d"))),
                                                texts.column("tag.sharer", col("shares_90d"), col("opens_caused_90d"))),
                                        tag(
                                                col("is_newcomer"),
                                                "newcomer:yes",
                                                "rule",
                                                lit(1.0),
                                                texts.column("tag.newcomer", col("product_actions_365d"))),
                                        tag(
                                                col("is_likely_automated"),
                                                "account:automatic",
                                                "rule",
                                                lit(1.0),
                                                texts.column("tag.automatic", col("shares_90d"))),
                                        tag(
                                                col("life_stage").isNotNull(),
                                                concat(lit("life stage:"), col("life_stage")),
                                                "rule",
                                                lit(1.0),
                                                texts.column("tag.recorded")),
                                        tag(
                                                col("gender").isNotNull(),
                                                concat(lit("gender:"), col("gender")),
                                                "rule",
                                                lit(1.0),
                                                texts.column("tag.recorded"))))
                                .as("tag"))
                .where("tag IS NOT NULL")
                .select("day", "user_id", "tag.*");
    }

    private static Column habit(String habit, double least, Texts texts) {
        Column share = col(habit + "_share");
        return tag(
                share.geq(least).and(col("is_newcomer").equalTo(false)),
                "time:" + habit,
                "statistic",
                share,
                texts.column("tag.habit." + habit, share.multiply(100)));
    }

    private static Dataset<Row> categoryTags(Dataset<Row> categories, FeatureSettings settings, Texts texts) {
        Column place = row_number()
                .over(Window.partitionBy("user_id").orderBy(col("share").desc(), col("category")));
        return categories
                .where(CategoryPath.isPresent(col("category")))
                .withColumn("place", place)
                .where(col("place").leq(settings.tags().categories()))
                .select(
                        col("day"),
                        col("user_id"),
                        concat(lit("category:"), col("category")).as("tag"),
                        lit("statistic").as("kind"),
                        col("share").as("weight"),
                        texts.column("tag.category", col("share").multiply(100), col("weight"))
                                .as("evidence"));
    }

    private static Dataset<Row> brandTags(Dataset<Row> features, Texts texts) {
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
                        lit("rule").as("kind"),
                        lit(1.0).as("weight"),
                        texts.column("tag.recorded").as("evidence"));
    }

    /**
     * Adds {@code spend_rank}, 0..1: the share of buyers who spend less. Spends are ranked in steps of two percent, so
     * that the ranking is a small table however many users there are.
     */
    private static Dataset<Row> withSpendRank(Dataset<Row> features) {
        Column step =
                floor(ln(greatest(col("net_spend_365d"), lit(SMALLEST_SPEND))).multiply(STEPS));
        Dataset<Row> steps = features.where("net_spend_365d > 0")
                .groupBy(step.as("step"))
                .agg(count(lit(1)).as("buyers"));
        Column below = coalesce(
                sum("buyers").over(Window.orderBy("step").rowsBetween(Window.unboundedPreceding(), -1)), lit(0L));
        Column all = sum("buyers")
                .over(Window.orderBy("step").rowsBetween(Window.unboundedPreceding(), Window.unboundedFollowing()));
        Dataset<Row> ranks = steps.select(
                col("step"), below.cast("double").divide(all.cast("double")).as("spend_rank"));
        return features.withColumn("step", when(col("net_spend_365d").gt(0), step))
                .join(broadcast(ranks), new String[] {"step"}, "left")
                .drop("step");
    }

    private static Column tag(Column condition, String name, String kind, Column weight, Column evidence) {
        return tag(condition, lit(name), kind, weight, evidence);
    }

    private static Column tag(Column condition, Column name, String kind, Column weight, Column evidence) {
        return when(
                condition,
                struct(
                        name.as("tag"),
                        lit(kind).as("kind"),
                        least(lit(1.0), greatest(lit(0.0), weight)).as("weight"),
                        evidence.as("evidence")));
    }
}
