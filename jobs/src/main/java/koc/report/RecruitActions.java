package koc.report;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.to_date;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import koc.rules.DayWindow;
import koc.rules.RecentCredits;
import koc.run.JobRun;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Whom to recruit this week: the first on the list of koc_lifecycle, if their posts surely move people. */
final class RecruitActions {
    /** Cost that texts show as at least 1. */
    private static final double LEAST_COST = 0.5;

    private RecruitActions() {}

    /**
     * The first to recruit, if proven: the columns of koc_lifecycle, net_sales credited in these days, and of four weeks cost,
     * with the commission of a KOC, this commission, and customer_value, which are null if unknown.
     *
     * @param lifecycle rows of koc_lifecycle, with the name of the person
     * @param economics koc_economics of the day
     * @param days days over which sales and costs are counted
     */
    static Dataset<Row> select(Dataset<Row> lifecycle, Dataset<Row> economics, JobRun run, int days) {
        Dataset<Row> sales = RecentCredits.readLast90Days(run.warehouse(), run.day())
                .where("credited_amount > 0 AND koc_id <> user_id")
                .where(DayWindow.includes(to_date(col("purchased_at")), run.day(), days))
                .groupBy("koc_id")
                .agg(sum("credited_amount").as("net_sales"));
        return lifecycle
                .where("recruit_rank = 1 AND listed_as = 'proven' AND missing <> ''")
                .join(sales, "koc_id")
                .join(
                        economics.select(
                                col("koc_id"),
                                ActionQueries.fourWeeks(col("cost").plus(col("commission_as_koc")), lit(days))
                                        .as("cost"),
                                ActionQueries.fourWeeks(col("commission_as_koc"), lit(days))
                                        .as("commission"),
                                ActionQueries.fourWeeks(col("customer_value"), lit(days))
                                        .as("customer_value")),
                        new String[] {"koc_id"},
                        "left")
                .withColumn("about", col("koc_id"));
    }

    /**
     * What to do, and what the person would cost as a KOC and brings, if they sell as much as lately.
     *
     * @param missing what the person lacks, in words, of which the sentence has the first two
     */
    static List<Phrase> sentences(Row row, List<Phrase> missing, Function<Number, String> money) {
        List<Object> first = new ArrayList<>(missing.subList(0, Math.min(2, missing.size())));
        Phrase needs = missing.size() == 1
                ? missing.get(0)
                : Phrase.of(missing.size() == 2 ? "levels.last" : "levels.first-two", first.toArray());
        return List.of(Phrase.of("report.action.recruit.help", row.getAs("name"), needs), cost(row, money));
    }

    private static Phrase cost(Row row, Function<Number, String> money) {
        if (!(row.getAs("cost") instanceof Double cost)) {
            return Phrase.of("report.action.recruit.unknown");
        }
        String value = money.apply(row.getAs("customer_value"));
        return cost < LEAST_COST
                ? Phrase.of("report.action.recruit.free", value)
                : Phrase.of("report.action.recruit", money.apply(cost), value);
    }
}
