package koc.report;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.replace;
import static org.apache.spark.sql.functions.sum;

import java.util.List;
import java.util.function.Function;
import koc.rules.CountyCosts;
import koc.text.ShortName;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** In which counties to win KOCs this week, and with whom to start. */
final class CountyActions {
    /** Characters of the names of regular customers. */
    private static final int MAX_REGULARS = 80;

    private CountyActions() {}

    /**
     * Counties below their target: the margin of what their unreached users will buy anyway, times the assumed gain,
     * less what as many KOCs cost on average. One that costs more than it brings is not proposed, nor one whose users have
     * no forecast, nor one whose KOCs cost more than they probably caused.
     *
     * @param counties county_card of the day
     * @param economics koc_economics of the day
     * @param lifecycle koc_lifecycle of the day, with the name of the person
     */
    static Dataset<Row> select(
            Dataset<Row> counties, Dataset<Row> economics, Dataset<Row> lifecycle, ReportSettings settings) {
        Dataset<Row> cost =
                economics.agg(ActionQueries.fourWeeks(coalesce(mean("cost"), lit(0.0)), lit(settings.costDays()))
                        .as("cost_of_koc"));
        return counties.where("gap > 0 AND users_unreached > 0")
                .where(not(CountyCosts.exceedWhatWasCaused()))
                .crossJoin(cost)
                .withColumn("cost", col("gap").multiply(col("cost_of_koc")))
                .join(
                        lifecycle.select(col("koc_id").as("recruit_id"), col("listed_as"), col("name")),
                        new String[] {"recruit_id"},
                        "left")
                .select(
                        concat_ws(" / ", col("province"), col("city"), col("county"))
                                .as("about"),
                        col("unreached_margin_28d")
                                .cast("double")
                                .multiply(settings.assumedGain())
                                .minus(col("cost"))
                                .as("gain"),
                        col("gap"),
                        coalesce(ShortName.of(col("county")), col("county")).as("county"),
                        col("users_unreached"),
                        col("users"),
                        col("cost"),
                        col("listed_as"),
                        col("name"),
                        ShortName.of(replace(col("regular_customers"), lit("; "), lit(", ")), MAX_REGULARS)
                                .as("regulars"));
    }

    /** Whom to win there, as county_coverage says it, and what it costs. */
    static List<Phrase> sentences(Row row, Function<Number, String> money) {
        Phrase win = Phrase.of(
                "growth.county.action.kocs",
                row.getAs("gap"),
                row.getAs("county"),
                row.getAs("users_unreached"),
                row.getAs("users"));
        Phrase start = row.getAs("name") instanceof String name
                ? Phrase.of("growth.county.recruit." + row.getAs("listed_as"), name)
                : row.getAs("regulars") instanceof String regulars
                        ? Phrase.of("report.action.county.regulars", regulars)
                        : Phrase.of("growth.county.recruit.nobody");
        Double cost = row.getAs("cost");
        return cost > 0
                ? List.of(win, start, Phrase.of("report.action.county", money.apply(cost)))
                : List.of(win, start);
    }

    /** The mean of money, as a fraction of exact sums: it does not depend on the order of the rows. */
    private static Column mean(String amount) {
        return sum(amount).cast("double").divide(count(amount));
    }
}
