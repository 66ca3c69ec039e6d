package koc.economics.commission;

import static org.apache.spark.sql.functions.add_months;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.negate;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sequence;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
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
     * The rows of commission_months. Open months have a row even without a statement, because the next run reads here
     * which months are open.
     *
     * @param statements commission_statement of the day
     */
    static Dataset<Row> byMonth(Dataset<Row> statements, Periods periods) {
        Column open = sequence(
                least(lit(periods.firstOpenAfterwards()), lit(periods.current())),
                lit(periods.current()),
                expr("INTERVAL 1 MONTH"));
        Dataset<Row> months =
                statements.sparkSession().range(1).select(explode(open).as("month"));
        return select(
                CommissionTables.COMMISSION_MONTHS,
                statements
                        .select("month", "koc_id", "net_sales", "earned", "taken_back", "due", "withheld")
                        .join(months, new String[] {"month"}, "full")
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

    /**
     * The first day of the first month that a run left open.
     *
     * @param months commission_months of that run
     */
    static LocalDate firstOpen(Dataset<Row> months) {
        Row result = months.agg(
                        min(when(not(col("is_closed")), col("month"))).cast("string"),
                        add_months(max("month"), 1).cast("string"))
                .head();
        return LocalDate.parse(result.getString(result.isNullAt(0) ? 1 : 0));
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
