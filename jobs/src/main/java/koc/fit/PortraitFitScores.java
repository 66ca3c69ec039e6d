package koc.fit;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.stream.Stream;
import koc.rules.CertainLift;
import koc.statistics.DirichletMultinomial.Prior;
import koc.statistics.GammaPoisson;
import koc.tables.Frame;
import koc.text.Texts;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Scores how much more or less than average each portrait buys an item. An item is a category, a brand within a category,
 * or a product; the columns that identify it are arguments.
 */
final class PortraitFitScores {
    /** With fewer expected buyers, the reason of a row says that there are too few purchases. */
    static final double MIN_EXPECTED_BUYERS = 0.05;

    /** Buyers up to which nearly all that is known of the lift comes from similar products. */
    private static final int FEW_BUYERS = 2;

    /** What {@link #withParentPrior} and the later steps need, besides the columns of the item. */
    static final Frame EXPECTED_BUYERS = Frame.named("expected_buyers")
            .grain("one row per item and portrait; the columns that identify the item come on top")
            .columns("""
                    portrait_id STRING NOT NULL COMMENT 'Portrait',
                    buyers BIGINT NOT NULL COMMENT 'Users of the portrait who bought it in the window',
                    buyers_if_average DOUBLE NOT NULL COMMENT 'Buyers if the portrait bought the item as much as it buys others',
                    portrait_fraction DOUBLE NOT NULL COMMENT 'Fraction of all buyers of all items who are of the portrait'""");

    private static final String PORTRAIT = "portrait_id";
    /** Keeps the mean of a prior above 0 when the parent's other items have no buyers. */
    private static final double MIN_BUYERS = 1e-6;

    private PortraitFitScores() {}

    /** User x item grain with portrait_id -> item x portrait grain: {@code buyers}, where there are any. */
    static Dataset<Row> countBuyers(Dataset<Row> buyers, String... item) {
        Column[] grain = Stream.concat(Stream.of(columns(item)), Stream.of(col(PORTRAIT)))
                .toArray(Column[]::new);
        return buyers.groupBy(grain).agg(count(lit(1)).as("buyers"));
    }

    /** Portrait grain: portrait_id and portrait_fraction, its fraction of all buyers of all items; 0 without buyers. */
    static Dataset<Row> portraitFractions(Dataset<Row> buyerCounts, Dataset<Row> portraits) {
        Dataset<Row> byPortrait =
                buyerCounts.groupBy(PORTRAIT).agg(sum("buyers").as("portrait_buyers"));
        Dataset<Row> total = byPortrait.agg(sum("portrait_buyers").as("total_buyers"));
        return portraits
                .join(byPortrait, new String[] {PORTRAIT}, "left")
                .crossJoin(total)
                .select(
                        col(PORTRAIT),
                        coalesce(col("portrait_buyers").cast("double").divide(col("total_buyers")), lit(0.0))
                                .as("portrait_fraction"));
    }

    /**
     * Item x portrait grain, every portrait for every item: {@code buyers}, {@code buyers_if_average} and
     * portrait_fraction.
     *
     * <p>buyers_if_average = buyers of the item x the portrait's fraction of all buyers of all items. So a portrait that
     * buys much of everything does not get a high lift for each item. Of 60 buyers, a portrait with 10% of all buyers would
     * have 6.
     *
     * @param buyerCounts as {@link #countBuyers} returns them; read several times
     * @param fractions as {@link #portraitFractions} returns them for these counts
     */
    static Dataset<Row> withExpectedBuyers(Dataset<Row> buyerCounts, Dataset<Row> fractions, String... item) {
        return buyerCounts
                .groupBy(columns(item))
                .agg(sum("buyers").as("item_buyers"))
                .crossJoin(broadcast(fractions))
                .join(
                        buyerCounts,
                        Stream.concat(Stream.of(item), Stream.of(PORTRAIT)).toArray(String[]::new),
                        "left")
                .withColumn("buyers", coalesce(col("buyers"), lit(0L)))
                .withColumn("buyers_if_average", col("item_buyers").multiply(col("portrait_fraction")))
                .drop("item_buyers");
    }

    /** Adds the prior of the topmost level: a mean lift of 1, which is given and not estimated. */
    static Dataset<Row> withUnitPrior(Dataset<Row> expectedBuyers) {
        return expectedBuyers
                .withColumn("prior_mean", lit(1.0))
                .withColumn("prior_evidence", lit(GammaPoisson.CERTAIN));
    }

    /**
     * Replaces the parent's columns by prior_mean and prior_evidence: the parent's posterior less the item's own counts,
     * which would otherwise count twice.
     *
     * <p>When the parent has mean L and rate V, and the item x buyers where e were expected, the prior has mean
     * (L V - x) / (V - e). Worked: a category with L = 10/6 and V = 6 and a product with x = 3 and e = 1 give
     * (10 - 3) / 5 = 1.4. When the category has only this product, the category's own prior remains.
     *
     * @param expectedBuyers with parent_lift (L), parent_evidence (V) and parent_concentration (the part of V that is the
     *     parent's prior); all null without a parent, where the prior mean is 1
     */
    static Dataset<Row> withParentPrior(Dataset<Row> expectedBuyers) {
        Column otherEvidence =
                greatest(col("parent_evidence").minus(col("buyers_if_average")), col("parent_concentration"));
        Column otherBuyers = greatest(
                lit(MIN_BUYERS),
                col("parent_lift").multiply(col("parent_evidence")).minus(col("buyers")));
        Column hasParent = col("parent_lift").isNotNull();
        return expectedBuyers
                .withColumn(
                        "prior_mean",
                        when(hasParent, otherBuyers.divide(otherEvidence)).otherwise(lit(1.0)))
                .withColumn("prior_evidence", when(hasParent, otherEvidence).otherwise(lit(GammaPoisson.CERTAIN)))
                .drop("parent_lift", "parent_evidence", "parent_concentration");
    }

    /**
     * The concentration of the prior of a portrait's lift, in expected buyers: that of the prior of items in buyers of all
     * portraits, times the portrait's fraction of all buyers. It is no narrower than the estimate of the parent.
     */
    static Column concentration(Prior prior) {
        Column own = greatest(lit(MIN_BUYERS), col("portrait_fraction").multiply(prior.concentration()));
        return GammaPoisson.concentration(own, col("prior_evidence"));
    }

    /**
     * Adds lift, lift_low, lift_high and fit = lift_low / (1 + lift_low).
     *
     * <p>lift_low is at most 1 without a buyer: a lift above average is then only that of the parent, and nothing is certain
     * about the item itself.
     */
    static Dataset<Row> withLift(Dataset<Row> rows, Prior prior) {
        Column buyers = col("buyers").cast("double");
        Column expected = col("buyers_if_average");
        Column mean = col("prior_mean");
        Column concentration = concentration(prior);
        Column low = GammaPoisson.low(buyers, expected, mean, concentration);
        return rows.withColumn("lift", round(GammaPoisson.mean(buyers, expected, mean, concentration), 6))
                .withColumn("lift_low", round(when(buyers.gt(0), low).otherwise(least(lit(1.0), low)), 6))
                .withColumn("lift_high", round(GammaPoisson.high(buyers, expected, mean, concentration), 6))
                // With hardly any evidence, nearly all of the distribution lies below its mean.
                .withColumn("lift_low", least(col("lift_low"), col("lift")))
                .withColumn("lift_high", greatest(col("lift_high"), col("lift")))
                .withColumn("fit", round(col("lift_low").divide(col("lift_low").plus(1)), 6));
    }

    /**
     * The column reason: buyers against expected buyers, what is certain about the lift, and what to do; or that there is
     * no evidence, or that only the parent has a high lift.
     */
    static Column reason(Texts texts) {
        return reason(texts, suits(texts));
    }

    /** The same for products with quality_gate and is_in_stock: one that cannot be sold is not offered. */
    static Column reasonOfProduct(Texts texts) {
        return reason(
                texts,
                when(col("quality_gate").notEqual("pass"), more(texts, "fit.reason.more.gate"))
                        .when(col("is_in_stock").equalTo(false), more(texts, "fit.reason.more.stock"))
                        .otherwise(suits(texts)));
    }

    /** That it suits the portrait; of a few buyers, that this is known from similar products. */
    private static Column suits(Texts texts) {
        return when(col("buyers").leq(FEW_BUYERS), more(texts, "fit.reason.more.few"))
                .otherwise(more(texts, "fit.reason.more"));
    }

    private static Column more(Texts texts, String name) {
        return texts.column(name, col("buyers"), col("buyers_if_average"), col("lift_low"));
    }

    private static Column reason(Texts texts, Column more) {
        Column hasNoEvidence =
                col("buyers_if_average").isNull().or(col("buyers_if_average").lt(MIN_EXPECTED_BUYERS));
        return when(hasNoEvidence, texts.column("fit.reason.none"))
                .when(
                        col("buyers").equalTo(0).and(CertainLift.isMore(col("lift"))),
                        texts.column("fit.reason.parent", col("buyers_if_average"), col("lift")))
                .when(CertainLift.isMore(col("lift_low")), more)
                .when(
                        CertainLift.isLess(col("lift_high")),
                        texts.column("fit.reason.less", col("buyers"), col("buyers_if_average"), col("lift_high")))
                .otherwise(texts.column("fit.reason.unsure", col("buyers"), col("buyers_if_average")));
    }

    private static Column[] columns(String... names) {
        return Stream.of(names).map(name -> col(name)).toArray(Column[]::new);
    }
}
