package koc.report;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.replace;

import java.util.List;
import java.util.function.Function;
import koc.rules.CountyCosts;
import koc.text.ShortName;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** In which counties to win KOCs this week, and with whom to start. */
final class CountyActions {
    /** Characters of the names of regular customers. */
    private static final int MAX_REGULARS = 80;

    /** Cost that texts show as at least 1. */
    private static final double LEAST_COST = 0.5;

    private CountyActions() {}

    /**
     * Counties below their target: the margin of what their unreached users will buy anyway, times the assumed gain,
     * less what as many KOCs cost on average (missing_kocs_cost_28d). One that costs more than it brings is not proposed, nor
     * one whose users have no forecast, nor one whose KOCs cost more than they probably caused.
     *
     * @param counties county_card of the day
     * @param lifecycle koc_lifecycle of the day, with the name of the person
     */
    static Dataset<Row> select(Dataset<Row> counties, Dataset<Row> lifecycle, ReportSettings settings) {
        return counties.where("gap > 0 AND users_unreached > 0")
                .where(not(CountyCosts.exceedWhatWasCaused()))
                .withColumn("cost", coalesce(col("missing_kocs_cost_28d").cast("double"), lit(0.0)))
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
        return cost >= LEAST_COST
                ? List.of(win, start, Phrase.of("report.action.county", money.apply(cost)))
                : List.of(win, start);
    }
}
