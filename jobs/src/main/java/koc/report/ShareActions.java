package koc.report;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Products to share this week, with what a share adds: what the pool buys anyway is no reason to share. */
final class ShareActions {
    private static final String SAMPLE_FIRST = "sample first";

    /** Days of usual_extra_buyers. */
    private static final int RECORD_DAYS = 90;

    /** Buyers that a text shows as at least 0.1. */
    private static final double LEAST_BUYERS = 0.05;

    /** Purchases of a usual post that a text shows as at least 0.01. */
    private static final double LEAST_RECORD = 0.005;

    private ShareActions() {}

    /**
     * The next product of each KOC whose share surely adds margin, with the margin that it adds as the gain.
     *
     * @param lists rows of koc_recommendations, with the name of the KOC
     * @param reportedNoBuyerChance chance that nobody buys, above which the sentence says so
     */
    static Dataset<Row> select(Dataset<Row> lists, double reportedNoBuyerChance) {
        return lists.where("is_next_product")
                .where("extra_margin_if_shared_low > 0")
                .select(
                        col("koc_id").as("about"),
                        col("extra_margin_if_shared").cast("double").as("gain"),
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

    /** What to do, and the numbers behind it: at most four. */
    static List<Phrase> sentences(Row row) {
        List<Phrase> all = new ArrayList<>();
        all.add(Phrase.of(
                SAMPLE_FIRST.equals(row.getAs("advice")) ? "recommend.action.sample" : "recommend.action.share",
                row.getAs("name"),
                row.getAs("title")));
        double high = row.getAs("extra_buyers_if_shared_high");
        // What is too little to notice needs no warning that it may be less.
        boolean isLittle = high < LEAST_BUYERS;
        all.add(
                isLittle
                        ? Phrase.of("report.action.adds.little")
                        : added(row.getAs("extra_buyers_if_shared_low"), high));
        if (!isLittle && Boolean.TRUE.equals(row.getAs("is_upper_guess"))) {
            all.add(Phrase.of("report.action.upper"));
        }
        if (!isLittle && Boolean.TRUE.equals(row.getAs("often_nobody"))) {
            all.add(Phrase.of("report.action.nobody"));
        }
        if (row.getAs("usual_extra_buyers") instanceof Double usual) {
            all.add(
                    usual < LEAST_RECORD
                            ? Phrase.of("report.action.record.little", RECORD_DAYS)
                            : Phrase.of("report.action.record", RECORD_DAYS, usual));
            if (!isLittle && Boolean.TRUE.equals(row.getAs("is_above_record"))) {
                all.add(Phrase.of("report.action.above-record"));
            }
        }
        return all;
    }

    /** What a post adds; a lower end that is shown as 0 is none. */
    private static Phrase added(double low, double high) {
        return low < LEAST_BUYERS
                ? Phrase.of("report.action.adds.most", high)
                : Phrase.of("report.action.adds", low, high);
    }
}
