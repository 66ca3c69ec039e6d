package koc.economics.commission;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.negate;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import koc.tables.CommissionTables;
import koc.warehouse.Table;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Adds up the ledger by KOC and month, and by month. */
public final class Statements {
    private static final String MONEY = "decimal(18,2)";

    private Statements() {}

    /** Commission due of a row of the ledger: positive when earned, negative when taken back, 0 when withheld. */
    public static Column due() {
        return signed("amount");
    }

    /**
     * The rows of commission_statement.
     *
     * @param ledger commission_ledger up to the run date
     */
    static Dataset<Row> byKoc(Dataset<Row> ledger, Periods periods) {
        return select(
                CommissionTables.COMMISSION_STATEMENT,
                ledger.groupBy("koc_id", "month")
                        .agg(
                                count_if(is(Entries.EARNED).and(col("koc_id").equalTo(col("seller_id"))))
                                        .as("order_lines"),
                                money(signed("sales")).as("net_sales"),
                                money(when(is(Entries.EARNED), col("amount"))).as("earned"),
                                money(when(is(Entries.TAKEN_BACK), col("amount")))
                                        .as("taken_back"),
                                money(due()).as("due"),
                                money(when(is(Entries.WITHHELD), col("amount"))).as("withheld")),
                periods);
    }

    /**
     * The rows of commission_months.
     *
     * @param statements commission_statement of the day
     */
    static Dataset<Row> byMonth(Dataset<Row> statements, Periods periods) {
        Dataset<Row> current =
                statements.sparkSession().range(1).select(lit(periods.current()).as("month"));
        return select(
                CommissionTables.COMMISSION_MONTHS,
                statements
                        .select("month", "koc_id", "net_sales", "earned", "taken_back", "due", "withheld")
                        .join(current, new String[] {"month"}, "full")
                        .groupBy("month")
                        .agg(
                                count("koc_id").as("kocs"),
                                money(col("net_sales")).as("net_sales"),
                                money(col("earned")).as("earned"),
                                money(col("taken_back")).as("taken_back"),
                                money(col("due")).as("due"),
                                money(col("withheld")).as("withheld")),
                periods);
    }

    /** The rows with day and is_closed, and the columns of a table. */
    static Dataset<Row> select(Table table, Dataset<Row> rows, Periods periods) {
        return rows.withColumn("day", lit(periods.day()))
                .withColumn("is_closed", periods.isClosed(col("month")))
                .select(table.columnNames().stream().map(name -> col(name)).toArray(Column[]::new));
    }

    private static Column signed(String column) {
        return when(is(Entries.EARNED), col(column))
                .when(is(Entries.TAKEN_BACK), negate(col(column)))
                .otherwise(lit(0).cast(MONEY));
    }

    private static Column is(String kind) {
        return col("kind").equalTo(kind);
    }

    private static Column money(Column amount) {
        return coalesce(sum(amount), lit(0)).cast(MONEY);
    }
}
