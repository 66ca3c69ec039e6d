package koc.report;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.min_by;
import static org.apache.spark.sql.functions.negate;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.try_divide;
import static org.apache.spark.sql.functions.when;

import java.util.Set;
import koc.run.JobRun;
import koc.tables.FitTables;
import koc.tables.RecommendTables;
import koc.warehouse.Table;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What each KOC shares next, on the KOC board. */
final class NextProducts {
    static final Set<Table> READS = Set.of(FitTables.PRODUCT_PROFILE, RecommendTables.KOC_RECOMMENDATIONS);

    private NextProducts() {}

    /** {@link #choose} of the day. */
    static Dataset<Row> of(JobRun run) {
        return choose(
                run.warehouse().read(RecommendTables.KOC_RECOMMENDATIONS, run.day()),
                run.warehouse().read(FitTables.PRODUCT_PROFILE, run.day()));
    }

    /**
     * Recommendations -> one row per KOC with a list: the first product that they can act on now, and the one whose
     * share adds the most margin, as in This week, if it is another. Null where there is none.
     *
     * @param recommendations koc_recommendations
     * @param profiles product_profile
     */
    static Dataset<Row> choose(Dataset<Row> recommendations, Dataset<Row> profiles) {
        Column isActionable = col("is_actionable");
        Column addsMargin = isActionable.and(col("added_margin").gt(0));
        Column first = min_by(
                struct(
                        "product_id",
                        "title",
                        "expected_buyers",
                        "from_influence",
                        "extra_buyers_if_shared",
                        "extra_buyers_if_shared_low",
                        "extra_buyers_if_shared_high",
                        "advice"),
                when(isActionable, col("rank")));
        Column most = max_by(
                struct("product_id", "title", "advice"),
                when(addsMargin, struct(col("added_margin"), negate(col("rank")))));
        Column isAnother = col("most.product_id").notEqual(col("first.product_id"));
        return withAddedMargin(recommendations, profiles)
                .groupBy("koc_id")
                .agg(first.as("first"), most.as("most"))
                .orderBy("koc_id")
                .select(
                        col("koc_id"),
                        col("first.*"),
                        when(isAnother, coalesce(col("most.title"), col("most.product_id")))
                                .as("margin_title"),
                        when(isAnother, col("most.advice")).as("margin_advice"));
    }

    /**
     * Adds added_margin: the margin of the buyers whom a share adds, less the sample if the KOC needs one; null if a
     * share does not surely add any. 2 buyers at 180 each for a sample that costs 100: 260.
     */
    private static Dataset<Row> withAddedMargin(Dataset<Row> recommendations, Dataset<Row> profiles) {
        Dataset<Row> samples = profiles.select(
                col("product_id"),
                col("price").minus(col("unit_margin")).cast("double").as("sample_cost"));
        Column marginOfOne = try_divide(col("expected_margin").cast("double"), col("expected_buyers"));
        Column sample = when(col("advice").equalTo("recommend"), 0.0).otherwise(col("sample_cost"));
        Column added = col("extra_buyers_if_shared").multiply(marginOfOne).minus(sample);
        return recommendations
                .join(samples, new String[] {"product_id"}, "left")
                .withColumn("added_margin", when(col("extra_buyers_if_shared_low").gt(0), added));
    }
}
