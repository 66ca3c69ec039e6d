package koc.report;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.try_divide;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Products to share this week, with what a share adds: what the pool buys anyway is no reason to share. */
final class ShareActions {
    private static final String SAMPLE_FIRST = "sample first";

    /** Days of usual_extra_buyers. */
    private static final int RECORD_DAYS = 90;

    private ShareActions() {}

    /**
     * The next product of each KOC whose share surely adds margin, with the margin that it adds as the gain. Where the forecast
     * is well above the record of the KOC, the gain is that of their usual post.
     *
     * @param lists rows of koc_recommendations, with the name of the KOC
     * @param reportedNoBuyerChance chance that nobody buys, above which the sentence says so
     */
    static Dataset<Row> select(Dataset<Row> lists, double reportedNoBuyerChance) {
        return lists.where("is_next_product")
                .where(marginLow().gt(0))
                .select(
                        col("koc_id").as("about"),
                        gain().as("gain"),
                        col("name"),
                        ActionQueries.title(),
                        col("advice"),
                        col("extra_buyers_if_shared_low"),
                        col("extra_buyers_if_shared_high"),
                        col("no_buyer_chance").gt(reportedNoBuyerChance).as("often_nobody"),
                        col("extra_buyers_if_shared").gt(col("usual_buyers")).as("is_upper_guess"),
                        col("usual_extra_buyers"),
                        col("is_above_record"));
    }

    private static Column gain() {
        return when(col("is_above_record"), margin(greatest(col("usual_extra_buyers"), lit(0.0))))
                .otherwise(col("extra_margin_if_shared").cast("double"));
    }

    /** The margin at the lower end of the extra buyers. */
    private static Column marginLow() {
        return margin(col("extra_buyers_if_shared_low"));
    }

    /** The margin of this number of extra buyers, less the cost of a sample that the KOC needs first. */
    private static Column margin(Column buyers) {
        Column sample = when(
                        col("advice").equalTo(SAMPLE_FIRST), col("unit_cost").cast("double"))
                .otherwise(0.0);
        Column ofOne =
                try_divide(col("extra_margin_if_shared").cast("double").plus(sample), col("extra_buyers_if_shared"));
        return ofOne.multiply(buyers).minus(sample);
    }

    /** What to do, and the numbers behind it: at most four. */
    static List<Phrase> sentences(Row row) {
        List<Phrase> all = new ArrayList<>();
        all.add(Phrase.of(
                SAMPLE_FIRST.equals(row.getAs("advice")) ? "recommend.action.sample" : "recommend.action.share",
                row.getAs("name"),
                row.getAs("title")));
        all.add(Phrase.of(
                "report.action.adds",
                row.<Object>getAs("extra_buyers_if_shared_low"),
                row.<Object>getAs("extra_buyers_if_shared_high")));
        if (Boolean.TRUE.equals(row.getAs("is_upper_guess"))) {
            all.add(Phrase.of("report.action.upper"));
        }
        if (Boolean.TRUE.equals(row.getAs("often_nobody"))) {
            all.add(Phrase.of("report.action.nobody"));
        }
        if (row.getAs("usual_extra_buyers") instanceof Double usual) {
            all.add(Phrase.of("report.action.record", RECORD_DAYS, Math.max(0, usual)));
            if (Boolean.TRUE.equals(row.getAs("is_above_record"))) {
                all.add(Phrase.of("report.action.above-record"));
            }
        }
        return all;
    }
}
