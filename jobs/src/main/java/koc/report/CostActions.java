package koc.report;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import koc.rules.LosingKocs;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** KOCs who cost more than they bring, and what can be saved: commission follows from the rules and from what is sold. */
final class CostActions {
    /** The costs that somebody decides about, as columns of koc_economics. */
    private static final List<String> DECIDED = List.of("gift", "sample", "ad", "bonus", "training", "coupon");

    private CostActions() {}

    /**
     * The KOCs who surely lose money. The gain is what can be saved in four weeks: the loss, at most the cost without
     * commission. Example: 100 with 30 of commission, for customers worth 10, are a loss of 90, of which 70 can be saved.
     *
     * @param economics rows of koc_economics that are KOCs, with the name of the KOC
     * @param days days over which costs are counted
     */
    static Dataset<Row> select(Dataset<Row> economics, int days) {
        Column[] decided = Stream.concat(
                        DECIDED.stream().map(name -> col(name)),
                        Stream.of(
                                col("koc_id").as("about"),
                                col("name"),
                                col("cost"),
                                col("value"),
                                col("saved"),
                                col("commission"),
                                col("is_caused"),
                                ActionQueries.fourWeeks(least(col("cost").minus(col("value")), col("saved")), lit(days))
                                        .as("gain")))
                .toArray(Column[]::new);
        return economics
                .where(LosingKocs.costMoreThanTheyBring())
                .withColumn("value", coalesce(col("incremental_value"), col("customer_value")))
                .withColumn("is_caused", col("incremental_value").isNotNull())
                .withColumn("saved", least(col("cost").minus(col("commission")), col("cost")))
                .select(decided);
    }

    /** What the KOC costs and brings, and how much of it can be saved: at most four numbers. */
    static List<Phrase> sentences(Row row, int days, Function<Number, String> money) {
        List<Phrase> all = new ArrayList<>();
        String cost = money.apply(row.<BigDecimal>getAs("cost"));
        BigDecimal value = row.getAs("value");
        if (row.<Boolean>getAs("is_caused") && value.signum() == 0) {
            all.add(Phrase.of("report.action.cost.none", row.getAs("name"), cost, days));
        } else {
            all.add(Phrase.of(
                    row.<Boolean>getAs("is_caused") ? "report.action.cost" : "report.action.cost.credited",
                    row.getAs("name"),
                    cost,
                    days,
                    money.apply(value)));
        }
        Phrase largest = Phrase.of("report.cost." + largest(row));
        all.add(
                row.<BigDecimal>getAs("commission").signum() <= 0
                        ? Phrase.of("report.action.cost.all", largest)
                        : Phrase.of("report.action.cost.saved", money.apply(row.<BigDecimal>getAs("saved")), largest));
        return all;
    }

    /** The largest of the costs that somebody decides about. */
    private static String largest(Row row) {
        return DECIDED.stream()
                .max(Comparator.comparing(name -> row.<BigDecimal>getAs(name)))
                .orElseThrow();
    }
}
