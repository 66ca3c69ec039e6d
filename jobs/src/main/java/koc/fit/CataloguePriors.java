package koc.fit;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import koc.spark.Checkpoints;
import koc.statistics.DirichletMultinomial;
import koc.statistics.DirichletMultinomial.Prior;
import koc.statistics.GammaPoisson;
import koc.tables.Frame;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * How far categories differ in who buys them, brands within a category, and products within a brand or category.
 *
 * <p>This is fitted on all history: how far items of a group differ is not affected by which purchases the portraits were
 * fitted on, and the holdout window alone has too few purchases of most products.
 *
 * @param categories how far the fractions of portraits differ between categories
 * @param brands the same between brands of a category
 * @param products the same between products of a brand or, without brand, of a category
 */
record CataloguePriors(Prior categories, Prior brands, Prior products) {
    /** Items with the fractions of portraits that are expected of them. */
    private static final Frame PORTRAIT_FRACTIONS = Frame.named("portrait_fractions")
            .grain("one row per item and portrait with buyers; the columns that identify the item come on top")
            .columns("""
                    portrait_id STRING NOT NULL COMMENT 'Portrait',
                    buyers BIGINT NOT NULL COMMENT 'Buyers of the item who are of the portrait',
                    item_buyers BIGINT NOT NULL COMMENT 'Buyers of the item',
                    prior_fraction DOUBLE NOT NULL COMMENT 'Fraction of the portrait among the buyers of the group without the item',
                    prior_evidence DOUBLE NOT NULL COMMENT 'Buyers behind that fraction'""");

    private static final String PORTRAIT = "portrait_id";
    /** A portrait that buys nothing else of the group may still buy the item. */
    private static final double MIN_FRACTION = 1e-4;

    /** Fits the three levels, from the top: the posterior of each level is the prior of the next. */
    static CataloguePriors fit(FitInputs inputs, FitSettings settings, Checkpoints checkpoints) {
        Dataset<Row> counts = checkpoints.cache(PortraitFitScores.countBuyers(
                inputs.buyers().na().fill("", new String[] {"brand"}), "path", "brand", "product_id"));
        Dataset<Row> fractions = checkpoints.cache(PortraitFitScores.portraitFractions(counts, inputs.portraits()));
        Dataset<Row> branded = counts.where("brand <> ''");

        Dataset<Row> categoryRows = sumByPortrait(counts, "path")
                .join(broadcast(fractions), new String[] {PORTRAIT}, "inner")
                .withColumn("prior_fraction", greatest(lit(MIN_FRACTION), col("portrait_fraction")))
                .withColumn("prior_evidence", lit(GammaPoisson.CERTAIN))
                .drop("portrait_fraction");
        Prior categories = fit(categoryRows, settings, "path");
        Dataset<Row> categoryFractions = checkpoints.cache(posterior(categoryRows, categories, "path"));

        Dataset<Row> brandRows = withoutOwnBuyers(sumByPortrait(branded, "path", "brand"), categoryFractions, "path");
        Prior brands = fit(brandRows, settings, "path", "brand");
        Dataset<Row> brandFractions = posterior(brandRows, brands, "path", "brand");

        Dataset<Row> productRows = withoutOwnBuyers(
                        sumByPortrait(branded, "path", "brand", "product_id"), brandFractions, "path", "brand")
                .unionByName(withoutOwnBuyers(
                        sumByPortrait(counts.where("brand = ''"), "path", "brand", "product_id"),
                        categoryFractions,
                        "path"));
        return new CataloguePriors(categories, brands, fit(productRows, settings, "product_id"));
    }

    /** Item x portrait grain: buyers, and item_buyers of all portraits. */
    private static Dataset<Row> sumByPortrait(Dataset<Row> counts, String... item) {
        Column[] grain = Stream.concat(Stream.of(item), Stream.of(PORTRAIT))
                .map(name -> col(name))
                .toArray(Column[]::new);
        Column[] itemColumns = Stream.of(item).map(name -> col(name)).toArray(Column[]::new);
        return counts.groupBy(grain)
                .agg(sum("buyers").as("buyers"))
                .withColumn(
                        "item_buyers",
                        sum("buyers")
                                .over(Window.partitionBy(itemColumns)
                                        .rowsBetween(Window.unboundedPreceding(), Window.unboundedFollowing())));
    }

    /** The estimated fraction of each portrait, and the buyers behind it: parent_fraction and parent_evidence. */
    private static Dataset<Row> posterior(Dataset<Row> rows, Prior prior, String... item) {
        Column concentration = GammaPoisson.concentration(lit(prior.concentration()), col("prior_evidence"));
        Column evidence = col("item_buyers").plus(concentration);
        Column buyers = col("buyers").plus(concentration.multiply(col("prior_fraction")));
        return rows.select(Stream.concat(
                        Stream.concat(Stream.of(item), Stream.of(PORTRAIT)).map(name -> col(name)),
                        Stream.of(buyers.divide(evidence).as("parent_fraction"), evidence.as("parent_evidence")))
                .toArray(Column[]::new));
    }

    /** Adds prior_fraction and prior_evidence: those of the parent, less the item's own buyers. */
    private static Dataset<Row> withoutOwnBuyers(Dataset<Row> rows, Dataset<Row> parents, String... parent) {
        Column otherBuyers =
                col("parent_fraction").multiply(col("parent_evidence")).minus(col("buyers"));
        return rows.join(
                        parents,
                        Stream.concat(Stream.of(parent), Stream.of(PORTRAIT)).toArray(String[]::new),
                        "inner")
                .withColumn("prior_evidence", col("parent_evidence").minus(col("item_buyers")))
                .withColumn("prior_fraction", greatest(lit(MIN_FRACTION), otherBuyers.divide(col("prior_evidence"))))
                .drop("parent_fraction", "parent_evidence");
    }

    /** Fits one level on a bounded, seeded sample of its rows. */
    private static Prior fit(Dataset<Row> rows, FitSettings settings, String... item) {
        Column[] grain = Stream.concat(Stream.of(item), Stream.of(PORTRAIT))
                .map(name -> col(name))
                .toArray(Column[]::new);
        Column hash = xxhash64(
                Stream.concat(Stream.of(grain), Stream.of(lit(settings.seed()))).toArray(Column[]::new));
        List<Row> sample = rows.orderBy(
                        Stream.concat(Stream.of(hash), Stream.of(grain)).toArray(Column[]::new))
                .limit(settings.priorSampleRows())
                .select(PORTRAIT_FRACTIONS.columnNames().stream()
                        .map(name -> col(name))
                        .toArray(Column[]::new))
                .collectAsList();
        return DirichletMultinomial.fit(new DirichletMultinomial.Counts(
                values(sample, row -> row.<Long>getAs("buyers")),
                values(sample, row -> row.<Long>getAs("item_buyers")),
                values(sample, row -> row.<Double>getAs("prior_fraction")),
                values(sample, row -> row.<Double>getAs("prior_evidence"))));
    }

    private static double[] values(List<Row> rows, ToDoubleFunction<Row> value) {
        return rows.stream().mapToDouble(value).toArray();
    }
}
