package koc.report;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
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
    private static final int RECORD_DAYS = 90;

    private ShareActions() {}

    /**
     * The next product of each KOC whose share surely adds margin, with the margin that it adds as the gain. The pool buys
     * anyway what is expected without the KOC's influence in the days after the share.
     *
     * @param lists rows of koc_recommendations, with the name of the KOC
     * @param ranking koc_ranking, for what the posts of the KOC brought so far
     */
    static Dataset<Row> select(Dataset<Row> lists, Dataset<Row> ranking) {
        Dataset<Row> records = ranking.select(
                col("koc_id"),
                col("product_shares_90d"),
                col("attributed_buyers_90d"),
                least(col("history_days"), lit(RECORD_DAYS)).as("record_days"));
        return lists.where("is_next_product")
                .where(margin("extra_buyers_if_shared_low").gt(0))
                .join(records, new String[] {"koc_id"}, "left")
                .select(
                        col("koc_id").as("about"),
                        col("extra_margin_if_shared").cast("double").as("gain"),
                        col("name"),
                        ActionQueries.title(),
                        col("advice"),
                        col("extra_buyers_if_shared"),
                        col("extra_buyers_if_shared_low"),
                        col("extra_buyers_if_shared_high"),
                        col("unit_cost"),
                        margin("extra_buyers_if_shared_low").as("margin_low"),
                        margin("extra_buyers_if_shared_high").as("margin_high"),
                        col("expected_buyers")
                                .minus(col("from_influence"))
                                .multiply(col("extra_days"))
                                .divide(col("horizon_days"))
                                .as("buyers_anyway"),
                        col("extra_days"),
                        col("product_shares_90d"),
                        col("attributed_buyers_90d"),
                        col("record_days"));
    }

    /** The margin of a number of extra buyers, less the cost of a sample that the KOC needs first. */
    private static Column margin(String buyers) {
        Column sample = when(
                        col("advice").equalTo(SAMPLE_FIRST), col("unit_cost").cast("double"))
                .otherwise(0.0);
        Column ofOne =
                try_divide(col("extra_margin_if_shared").cast("double").plus(sample), col("extra_buyers_if_shared"));
        return ofOne.multiply(col(buyers)).minus(sample);
    }

    /** What to do, and the numbers behind it. */
    static List<Phrase> sentences(Row row, Function<Number, String> money) {
        Object extra = row.getAs("extra_buyers_if_shared");
        Object low = row.getAs("extra_buyers_if_shared_low");
        Object high = row.getAs("extra_buyers_if_shared_high");
        Object anyway = row.getAs("buyers_anyway");
        Object days = row.getAs("extra_days");
        String marginLow = money.apply(row.getAs("margin_low"));
        String marginHigh = money.apply(row.getAs("margin_high"));
        boolean needsSample = SAMPLE_FIRST.equals(row.getAs("advice"));
        return List.of(
                Phrase.of(
                        needsSample ? "recommend.action.sample" : "recommend.action.share",
                        row.getAs("name"),
                        row.getAs("title")),
                needsSample
                        ? Phrase.of(
                                "report.action.adds.sample",
                                extra,
                                low,
                                high,
                                marginLow,
                                marginHigh,
                                money.apply(row.getAs("unit_cost")),
                                anyway,
                                days)
                        : Phrase.of("report.action.adds", extra, low, high, marginLow, marginHigh, anyway, days),
                Phrase.of(
                        "report.action.record",
                        row.<Object>getAs("product_shares_90d"),
                        row.<Object>getAs("record_days"),
                        row.<Object>getAs("attributed_buyers_90d")));
    }
}
