package koc.economics.commission;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import koc.rules.KocLevels;
import koc.tables.CommissionTables;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Rows of the ledger for order lines that are new: earned or withheld. */
final class Entries {
    static final String EARNED = "earned";
    static final String WITHHELD = "withheld";
    static final String TAKEN_BACK = "taken_back";

    private static final String MONEY = "decimal(18,2)";
    /** The digits of credit_fraction, so that it becomes a whole number. */
    private static final int CREDIT_UNITS = 1_000_000_000;

    private Entries() {}

    /**
     * Order line and KOC grain -> rows of commission_ledger.
     *
     * @param lines {@link CreditedLines#LINES} with the columns of {@link SalesPositions} and {@link
     *     koc.rules.CommissionRates}; all KOCs
     *     of a line
     * @param kocs koc_ranking of the day
     */
    static Dataset<Row> earn(Dataset<Row> lines, Dataset<Row> kocs, Periods periods) {
        Dataset<Row> levels =
                kocs.select(col("koc_id").as("seller_id"), lit(true).as("is_koc"), col("level"));
        Column reason = coalesce(
                col("fraud_reason"),
                when(col("is_koc").isNull(), "not_a_koc").when(KocLevels.isRevoked(col("level")), KocLevels.REVOKED));
        Dataset<Row> entries = lines.join(levels, new String[] {"seller_id"}, "left")
                .withColumn("reason", reason)
                .withColumn("kind", when(col("reason").isNull(), EARNED).otherwise(WITHHELD))
                .withColumn("koc_id", col("seller_id"))
                .withColumn("cause_event_id", col("purchase_event_id"))
                .withColumn("part", lit(0))
                .withColumn("happened_on", col("purchased_on"))
                .withColumn("month", periods.monthOf(col("purchased_on")))
                .withColumn("refunded_amount", lit(0).cast(MONEY));
        return select(divide(entries), periods.day());
    }

    /**
     * Computes amount and sales: the commission and the money of a line, divided among its KOCs by credit. Keeps the
     * grain.
     *
     * @param entries all KOCs of each line, with seller_id, credit_fraction, line_amount and rate
     */
    static Dataset<Row> divide(Dataset<Row> entries) {
        Column credit = col("credit_fraction").multiply(CREDIT_UNITS);
        Dataset<Row> withCommission = entries.withColumn(
                "_commission",
                round(col("line_amount").multiply(col("rate")), 2).cast(MONEY));
        Dataset<Row> withAmount = LargestRemainder.divide(
                withCommission, "purchase_event_id", "seller_id", "_commission", credit, "amount");
        return LargestRemainder.divide(withAmount, "purchase_event_id", "seller_id", "line_amount", credit, "sales")
                .drop("_commission");
    }

    /**
     * Adds a row for the KOC who invited the seller, one level deep. Inviters who are no KOC, are revoked or bought the
     * product themselves get nothing.
     *
     * @param entries rows of sellers
     * @param inviters seller_id and inviter_id, at most one row per seller
     * @param rate fraction of the seller's commission that the inviter gets
     */
    static Dataset<Row> withInviters(Dataset<Row> entries, Dataset<Row> inviters, double rate) {
        Column amount = round(col("amount").multiply(lit(rate).cast("decimal(7,6)")), 2);
        Dataset<Row> ofInviters = entries.join(inviters, new String[] {"seller_id"}, "inner")
                .where("inviter_id <> seller_id AND inviter_id <> user_id")
                .withColumn("koc_id", col("inviter_id"))
                .withColumn("amount", amount.cast(MONEY))
                .withColumn("sales", lit(0).cast(MONEY))
                .drop("inviter_id");
        return entries.unionByName(ofInviters);
    }

    /** The rows with the columns of commission_ledger, added on this day. */
    static Dataset<Row> select(Dataset<Row> rows, LocalDate day) {
        return select(rows.withColumn("day", lit(day)));
    }

    /** The rows with the columns of commission_ledger. */
    static Dataset<Row> select(Dataset<Row> rows) {
        return rows.select(CommissionTables.COMMISSION_LEDGER.columnNames().stream()
                .map(name -> col(name))
                .toArray(Column[]::new));
    }
}
