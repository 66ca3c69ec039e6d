package koc.report;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.try_divide;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Whether KOCs win far fewer new customers than before, which somebody should find out about. */
final class FallActions {
    /** Days that are compared, with as many before them. */
    private static final int DAYS = 30;
    /** Days of history without which the days before are not fully known. */
    private static final int MIN_HISTORY = 90;
    /** A fall is large when new customers, times this factor, are at most those before: 2 is a fall to half. */
    private static final int FACTOR = 2;
    /** New customers before, without which a fall may be chance. */
    private static final int MIN_BEFORE = 10;

    /** KOCs who are named: those with the largest falls. */
    private static final int NAMED = 3;

    private FallActions() {}

    /**
     * One row if new customers fell to half or less, else none. The gain is what KOCs would probably have caused of the value of
     * the customers who are missing: some would have come anyway. Example: 6 after 29, at 100 each, are 23
     * fewer: 2,300.
     *
     * @param ranking koc_ranking of the day, with the name of the KOC
     * @param economics koc_economics of the day, for what a new customer caused; without a measurement nothing is known
     */
    static Dataset<Row> select(Dataset<Row> ranking, Dataset<Row> economics) {
        Dataset<Row> value = economics
                .where("incremental_value IS NOT NULL")
                // koc_economics has people too who are not in koc_ranking; their customers are not compared here.
                .join(ranking.select("koc_id"), new String[] {"koc_id"}, "left_semi")
                .agg(try_divide(
                                sum("incremental_value").cast("double"),
                                sum("new_customers").cast("double"))
                        .as("value"));
        return ranking.agg(
                        sum("new_customers_30d").as("now"),
                        sum(col("new_customers_60d").minus(col("new_customers_30d")))
                                .as("before"),
                        max("history_days").as("history_days"))
                .where(col("history_days").geq(MIN_HISTORY))
                .where(col("before")
                        .geq(MIN_BEFORE)
                        .and(col("now").multiply(FACTOR).leq(col("before"))))
                .crossJoin(value)
                .crossJoin(largest(ranking))
                .select(
                        lit("new_customers").as("about"),
                        col("before").minus(col("now")).multiply(col("value")).as("gain"),
                        col("now"),
                        col("before"),
                        col("kocs"));
    }

    /** One row: the names of the KOCs with the largest falls, the largest first. */
    private static Dataset<Row> largest(Dataset<Row> ranking) {
        Column before = col("new_customers_60d").minus(col("new_customers_30d"));
        return ranking.withColumn("change", col("new_customers_30d").minus(before))
                .where("change < 0")
                .orderBy("change", "koc_id")
                .limit(NAMED)
                .agg(concat_ws(
                                ", ",
                                array_sort(collect_list(struct("change", "koc_id", "name")))
                                        .getField("name"))
                        .as("kocs"));
    }

    /** What fell, from what to what, and the KOCs with the largest falls. */
    static List<Phrase> sentences(Row row) {
        return List.of(
                Phrase.of("report.action.fall", row.<Object>getAs("now"), DAYS, row.<Object>getAs("before")),
                Phrase.of("report.action.fall.kocs", row.<Object>getAs("kocs")));
    }
}
