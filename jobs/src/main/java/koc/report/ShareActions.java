package koc.report;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.try_divide;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Products to share this week, with what a share adds: what the pool buys anyway is no reason to share. */
final class ShareActions {
    private static final String SAMPLE_FIRST = "sample first";

    private ShareActions() {}

    /**
     * Shares that surely add buyers, with their {@link #withAddedMargin added margin} as the gain. The pool buys anyway what
     * is expected without the KOC's influence.
     *
     * @param lists rows of koc_recommendations, with the name of the KOC
     * @param products product_profile
     */
    static Dataset<Row> select(Dataset<Row> lists, Dataset<Row> products) {
        return withAddedMargin(lists, products)
                .select(
                        col("koc_id").as("about"),
                        col("added_margin").as("gain"),
                        col("name"),
                        ActionQueries.title(),
                        col("advice"),
                        col("extra_buyers_if_shared"),
                        col("unit_cost"),
                        col("expected_buyers").minus(col("from_influence")).as("buyers_anyway"),
                        col("horizon_days"));
    }

    /**
     * Adds {@code unit_cost}, what a sample costs, and {@code added_margin}: the margin of the buyers whom a share surely
     * adds, less the sample if the KOC needs one. 2 extra buyers at 180 each for a sample that costs 100 are 260. Null if
     * a share does not surely add any, or the KOC is not ready.
     */
    static Dataset<Row> withAddedMargin(Dataset<Row> lists, Dataset<Row> products) {
        Dataset<Row> costs = products.select(
                col("product_id"),
                col("price").minus(col("unit_margin")).cast("double").as("unit_cost"));
        Column sample = when(col("advice").equalTo(SAMPLE_FIRST), col("unit_cost"))
                .when(col("advice").equalTo("recommend"), 0.0);
        Column marginOfOne = try_divide(col("expected_margin").cast("double"), col("expected_buyers"));
        return lists.join(costs, new String[] {"product_id"}, "left")
                .withColumn(
                        "added_margin",
                        when(
                                col("extra_buyers_if_shared_low").gt(0),
                                col("extra_buyers_if_shared")
                                        .multiply(marginOfOne)
                                        .minus(sample)));
    }

    /** What to do, and the numbers behind it. */
    static List<Phrase> sentences(Row row, Function<Number, String> money) {
        Object extra = row.getAs("extra_buyers_if_shared");
        Object anyway = row.getAs("buyers_anyway");
        Object days = row.getAs("horizon_days");
        boolean needsSample = SAMPLE_FIRST.equals(row.getAs("advice"));
        return List.of(
                Phrase.of(
                        needsSample ? "recommend.action.sample" : "recommend.action.share",
                        row.getAs("name"),
                        row.getAs("title")),
                needsSample
                        ? Phrase.of(
                                "report.action.adds.sample", extra, money.apply(row.getAs("unit_cost")), anyway, days)
                        : Phrase.of("report.action.adds", extra, anyway, days));
    }
}
