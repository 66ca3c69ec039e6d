package koc.report;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.min_by;
import static org.apache.spark.sql.functions.negate;
import static org.apache.spark.sql.functions.struct;
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
        return ShareActions.withAddedMargin(recommendations, profiles)
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
}
