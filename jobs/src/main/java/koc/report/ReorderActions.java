package koc.report;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;

import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;
import koc.rules.DayWindow;
import koc.rules.FewStars;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Products to reorder: they are out of stock, and what sold lately cannot sell again. */
final class ReorderActions {
    /** Days over which sales are counted. */
    private static final int DAYS = 90;

    private ReorderActions() {}

    /**
     * Products out of stock that pass the quality gate and do not have few stars. The gain is the margin of four weeks, if
     * the product sells as it did in 90 days: an underestimate where it ran out long ago. Example: 90 units in 90 days with
     * 5 of margin each are 140.
     *
     * @param profiles product_profile of the day; a product of unknown margin has no gain
     * @param sales user_product_days up to the day
     */
    static Dataset<Row> select(Dataset<Row> profiles, Dataset<Row> sales, LocalDate day) {
        Dataset<Row> absent = profiles.where(not(col("is_in_stock")))
                .where(col("quality_gate").equalTo("pass").and(not(FewStars.hasFewStars())));
        Dataset<Row> sold = sales.where(DayWindow.includes(col("day"), day, DAYS))
                .join(absent.select("product_id"), new String[] {"product_id"}, "left_semi")
                .groupBy("product_id")
                .agg(sum(col("units").minus(col("refunded_units"))).as("units"));
        return absent.join(sold, "product_id")
                .select(
                        col("product_id").as("about"),
                        ActionQueries.fourWeeks(col("units").cast("double").multiply(col("unit_margin")), lit(DAYS))
                                .as("gain"),
                        ActionQueries.title(),
                        col("units"));
    }

    /** What to reorder, how much of it sold, and what four weeks of it bring. */
    static List<Phrase> sentences(Row row, Function<Number, String> money) {
        return List.of(
                Phrase.of("report.action.reorder", row.<Object>getAs("title")),
                Phrase.of(
                        "report.action.reorder.sold",
                        row.<Object>getAs("units"),
                        DAYS,
                        money.apply(row.<Double>getAs("gain"))));
    }
}
