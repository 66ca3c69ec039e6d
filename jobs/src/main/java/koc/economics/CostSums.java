package koc.economics;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Sums costs by type, so that each row of costs counts once. */
final class CostSums {
    private static final String MONEY = "decimal(18,2)";
    /** The types of the source costs, each a column. */
    private static final List<String> TYPES = List.of("ad", "gift", "coupon", "bonus", "training", "sample");
    /** What the commission ledger adds to the costs. */
    static final String COMMISSION = "commission";
    /** Rewards, prizes and team bonus. They are not part of the cost: when they are paid, the source costs has them. */
    static final String REWARDS = "rewards";

    private CostSums() {}

    /** What adds up to the cost: commission and one column per type. */
    private static List<String> costs() {
        return Stream.concat(Stream.of(COMMISSION), TYPES.stream()).toList();
    }

    /**
     * Rows of costs, commission and rewards -> one row per group, with a column per type.
     *
     * @param costs with cost_type, amount and the columns to group by
     */
    static Dataset<Row> sumByType(Dataset<Row> costs, String... groupBy) {
        List<Column> sums = new ArrayList<>();
        for (String type : Stream.concat(costs().stream(), Stream.of(REWARDS)).toList()) {
            sums.add(sum(when(col("cost_type").equalTo(type), col("amount")))
                    .cast(MONEY)
                    .as(type));
        }
        return costs.groupBy(Stream.of(groupBy).map(name -> col(name)).toArray(Column[]::new))
                .agg(sums.get(0), sums.subList(1, sums.size()).toArray(Column[]::new));
    }

    /** Replaces missing sums by 0, and adds the total without rewards as cost. */
    static Dataset<Row> withTotal(Dataset<Row> rows) {
        Dataset<Row> filled = rows.withColumn(REWARDS, orZero(REWARDS));
        Column total = lit(0).cast(MONEY);
        for (String type : costs()) {
            filled = filled.withColumn(type, orZero(type));
            total = total.plus(col(type));
        }
        return filled.withColumn("cost", total.cast(MONEY));
    }

    private static Column orZero(String type) {
        return coalesce(col(type), lit(0)).cast(MONEY);
    }
}
