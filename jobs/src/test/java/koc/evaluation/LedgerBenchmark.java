package koc.evaluation;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import koc.economics.commission.CommissionReplay;
import koc.tables.CleanTables;
import koc.tables.CommissionTables;
import koc.tables.FeatureTables;
import koc.tables.InfluenceTables;
import koc.tables.KocTables;
import koc.warehouse.Table;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Whether the ledger of commissions closes to the cent, and how long it takes.
 *
 * <pre>bin/evaluate ledger --work DIR [--lines N]</pre>
 *
 * <p>Order lines of four months, each credited to one to three of 5,000 KOCs; 5% are refunded up to 60 days later, a third of
 * them in full; 2% arrive a month late. The commissions job runs on the last day of each month, and the last run is repeated.
 * The program fails when a check fails.
 */
@Command(name = "ledger", mixinStandardHelpOptions = true, description = "The ledger on generated order lines.")
public final class LedgerBenchmark implements Callable<Integer> {
    private static final List<LocalDate> RUNS = List.of(
            LocalDate.parse("2024-01-31"),
            LocalDate.parse("2024-02-29"),
            LocalDate.parse("2024-03-31"),
            LocalDate.parse("2024-04-30"));
    private static final LocalDate LAST = RUNS.get(RUNS.size() - 1);

    private boolean isClosed = true;

    @Option(names = "--work", paramLabel = "DIR", required = true, description = "Folder for the warehouse; empty.")
    private Path work = Path.of("");

    @Option(
            names = "--lines",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "Order lines (default 1000000).")
    private long lines = 1_000_000;

    /** Usage as above; ends the process. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new LedgerBenchmark()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        Path folder = work.resolve("warehouse");
        try (LocalPipeline pipeline = new LocalPipeline(List.of())) {
            Warehouse warehouse = pipeline.openWarehouse(folder);
            generate(pipeline, warehouse);
            for (LocalDate day : RUNS) {
                run(pipeline, folder, day);
            }
            Dataset<Row> ledger = warehouse.readAll(CommissionTables.COMMISSION_LEDGER);
            long before = fingerprint(ledger);
            run(pipeline, folder, LAST);
            check(
                    "a repeated run changes nothing",
                    before,
                    fingerprint(warehouse.readAll(CommissionTables.COMMISSION_LEDGER)));
            ledger = warehouse.readAll(CommissionTables.COMMISSION_LEDGER);
            checkLines(ledger);
            checkSums(warehouse, ledger);
            long start = System.nanoTime();
            long changed = new CommissionReplay(pipeline.config())
                    .compare(warehouse, LAST, LocalDate.EPOCH)
                    .where("difference <> 0")
                    .count();
            System.out.printf(Locale.ROOT, "replay of the rules in force: %.1f s%n", (System.nanoTime() - start) / 1e9);
            check("the rules in force give the ledger itself", 0L, changed);
        }
        System.out.println("peak memory of the process: " + PeakMemory.ofThisProcess());
        if (!isClosed) {
            throw new IllegalStateException("a check failed, see above");
        }
        return 0;
    }

    private void generate(LocalPipeline pipeline, Warehouse warehouse) {
        pipeline.spark()
                .range(lines)
                .selectExpr(
                        "id",
                        "concat('p', id) AS event_id",
                        "date_add(DATE'2024-01-01', CAST(pmod(xxhash64(id, 1), 121) AS INT)) AS day",
                        "concat('u', pmod(xxhash64(id, 2), 50000)) AS user_id",
                        "concat('x', pmod(xxhash64(id, 3), 2000)) AS product_id",
                        "CAST(1 + pmod(xxhash64(id, 4), 3) AS DECIMAL(18,3)) AS quantity",
                        "CAST((1 + pmod(xxhash64(id, 5), 30000)) / 100 AS DECIMAL(18,2)) AS amount",
                        "pmod(xxhash64(id, 6), 50) = 0 AS is_late",
                        "1 + pmod(xxhash64(id, 7), 3) AS kocs",
                        "date_add(day, CAST(1 + pmod(xxhash64(id, 9), 60) AS INT)) AS refunded_on",
                        "pmod(xxhash64(id, 8), 20) = 0 AS is_refunded")
                .withColumn("arrived", expr("last_day(IF(is_late, add_months(day, 1), day))"))
                .createOrReplaceTempView("lines");
        Writer writer = new Writer(pipeline, warehouse);
        for (LocalDate day : RUNS) {
            writeArrival(writer, day);
            writeRankings(writer, day);
        }
        writer.write(CleanTables.PRODUCTS, RUNS.get(0), """
                SELECT DATE'2024-01-31' AS arrived, concat('x', id) AS product_id,
                       IF(pmod(id, 10) = 0, NULL, CAST(1 + pmod(xxhash64(id), 60) AS DECIMAL(18,4))) AS unit_cost
                FROM range(2000)""");
        writer.write(CleanTables.USERS, RUNS.get(0), """
                SELECT DATE'2024-01-31' AS arrived, concat('k', id) AS user_id, concat('team', pmod(id, 40)) AS team_id
                FROM range(5000)""");
    }

    /** What the other jobs write of the arrivals of a day. */
    private static void writeArrival(Writer writer, LocalDate day) {
        writer.write(CleanTables.EVENTS, day, """
                SELECT 'purchase' AS event_type, event_id, day, user_id, product_id, quantity, amount, arrived
                FROM lines WHERE arrived = DATE'%s'""");
        writer.write(FeatureTables.USER_PRODUCT_DAYS, day, """
                SELECT arrived, day, user_id, product_id, count(*) AS purchase_lines, sum(quantity) AS units,
                       sum(amount) AS gross_spend
                FROM lines WHERE arrived = DATE'%s' GROUP BY ALL""");
        writer.write(CleanTables.REFUNDS, day, """
                SELECT greatest(arrived, last_day(refunded_on)) AS arrived, concat('r', id) AS refund_event_id, 1 AS part,
                       event_id AS purchase_event_id, refunded_on, quantity,
                       CAST(IF(pmod(id, 3) = 0, amount, greatest(amount / 3, 0.01)) AS DECIMAL(18,2)) AS amount
                FROM lines WHERE is_refunded AND greatest(arrived, last_day(refunded_on)) = DATE'%s'""");
    }

    private static void writeRankings(Writer writer, LocalDate day) {
        writer.write(InfluenceTables.PURCHASE_CREDITS, day, """
                SELECT DATE'%1$s' AS day, event_id AS purchase_event_id, concat('t', touch) AS touch_event_id,
                       concat('k', pmod(xxhash64(id, touch, 10), 5000)) AS koc_id, user_id, product_id,
                       round(1 / kocs, 9) AS touch_fraction, IF(pmod(id, 100) = 0, 0, 1) AS fraud_factor,
                       IF(pmod(id, 100) = 0, 'self_referral', NULL) AS fraud_reason
                FROM lines LATERAL VIEW explode(sequence(1L, kocs)) AS touch
                WHERE arrived <= DATE'%1$s' AND day > date_sub(DATE'%1$s', 90)""");
        writer.write(KocTables.KOC_RANKING, day, """
                SELECT DATE'%s' AS day, concat('k', id) AS koc_id, CAST(id + 1 AS INT) AS rank, 'gold' AS level
                FROM range(5000)""");
        writer.write(KocTables.LEVEL_EVENTS, day, "SELECT DATE'%s' AS day, 'k1' AS koc_id, 'grace' AS event");
    }

    /** Writes tables of the warehouse. */
    private record Writer(LocalPipeline pipeline, Warehouse warehouse) {
        /**
         * Writes the rows of a query. Columns that are required and not selected are 0, a date or the text 0.
         *
         * @param query in which a placeholder stands for the day
         */
        void write(Table table, LocalDate day, String query) {
            Dataset<Row> rows = pipeline.spark().sql(String.format(Locale.ROOT, query, day));
            List<String> given = List.of(rows.columns());
            Column[] complete = Arrays.stream(table.schema().fields())
                    .map(field -> {
                        Column value =
                                (given.contains(field.name()) ? col(field.name()) : lit(null)).cast(field.dataType());
                        return (field.nullable()
                                        ? value
                                        : coalesce(
                                                value,
                                                lit("0").try_cast(field.dataType()),
                                                lit("2024-01-31").try_cast(field.dataType())))
                                .as(field.name());
                    })
                    .toArray(Column[]::new);
            warehouse.write(table, day, rows.select(complete));
        }
    }

    private static void run(LocalPipeline pipeline, Path folder, LocalDate day) {
        long start = System.nanoTime();
        pipeline.run("commissions", "--warehouse", folder.toString(), "--date", day.toString());
        System.out.printf(Locale.ROOT, "commissions of %s: %.1f s%n", day, (System.nanoTime() - start) / 1e9);
    }

    private void checkLines(Dataset<Row> ledger) {
        ledger.createOrReplaceTempView("ledger");
        check(
                "every line is posted once",
                number(ledger, "SELECT count(*) FROM lines WHERE arrived <= DATE'2024-04-30'"),
                number(ledger, "SELECT count(DISTINCT purchase_event_id) FROM ledger"));
        checkNone(ledger, "the parts of a line add up to rate x amount", """
                SELECT purchase_event_id FROM ledger WHERE kind <> 'taken_back' GROUP BY 1
                HAVING sum(amount) <> round(max(line_amount) * max(rate), 2) OR sum(sales) <> max(line_amount)""");
        checkNone(ledger, "a full refund leaves nothing", """
                SELECT purchase_event_id, koc_id FROM ledger GROUP BY 1, 2
                HAVING sum(refunded_amount) >= max(line_amount)
                   AND sum(IF(kind = 'earned', amount, 0)) <> sum(IF(kind = 'taken_back', amount, 0))""");
        checkNone(ledger, "every known refund of an earning line is posted once", """
                SELECT event_id FROM lines JOIN (
                  SELECT purchase_event_id, count_if(kind = 'earned') AS earned, count_if(kind = 'taken_back') AS taken
                  FROM ledger GROUP BY 1) ON event_id = purchase_event_id
                WHERE earned > 0
                  AND taken <> IF(is_refunded AND greatest(arrived, last_day(refunded_on)) <= DATE'2024-04-30', earned, 0)""");
        checkNone(ledger, "refunds show in their month, or in the month of the run when that was closed", """
                SELECT * FROM ledger WHERE reason = 'refund' AND month <> trunc(happened_on, 'month')
                   AND month <> trunc(day, 'month')""");
        checkNone(ledger, "fraud earns nothing", """
                SELECT * FROM ledger WHERE kind = 'earned'
                   AND pmod(CAST(substring(purchase_event_id, 2) AS BIGINT), 100) = 0""");
    }

    private void checkSums(Warehouse warehouse, Dataset<Row> ledger) {
        ledger.sparkSession().sql("""
                SELECT month, sum(IF(kind = 'earned', amount, 0)) AS earned,
                       sum(IF(kind = 'taken_back', amount, 0)) AS taken_back
                FROM ledger GROUP BY month""").createOrReplaceTempView("ledger_months");
        warehouse.read(CommissionTables.COMMISSION_MONTHS, LAST).createOrReplaceTempView("months");
        warehouse.read(CommissionTables.COMMISSION_STATEMENT, LAST).createOrReplaceTempView("statements");
        warehouse.readAll(CommissionTables.COMMISSION_MONTHS).createOrReplaceTempView("all_months");
        checkNone(ledger, "earned - taken back = due, by month", """
                SELECT * FROM ledger_months AS l FULL JOIN months AS m USING (month)
                WHERE NOT (l.earned <=> m.earned AND l.taken_back <=> m.taken_back
                           AND l.earned - l.taken_back <=> m.due)""");
        check(
                "earned - taken back = due, in total",
                money(ledger, "SELECT sum(earned) - sum(taken_back) FROM ledger_months"),
                money(ledger, "SELECT sum(due) FROM statements"));
        checkNone(ledger, "a closed month never changes", """
                SELECT month FROM all_months WHERE is_closed GROUP BY month
                HAVING count(DISTINCT earned) > 1 OR count(DISTINCT taken_back) > 1""");
        ledger.sparkSession()
                .sql("SELECT month, is_closed, earned, taken_back, due, withheld FROM months ORDER BY month")
                .show(false);
    }

    private void checkNone(Dataset<Row> anchor, String what, String violations) {
        check(what, 0L, number(anchor, "SELECT count(*) FROM (" + violations + ")"));
    }

    private void check(String what, Object expected, Object found) {
        boolean isRight = expected.equals(found);
        isClosed &= isRight;
        String result = isRight ? "yes (" + found + ")" : "NO: " + found + " instead of " + expected;
        System.out.println(what + ": " + result);
    }

    private static long fingerprint(Dataset<Row> rows) {
        return rows.selectExpr("count(*) + coalesce(bit_xor(xxhash64(*)), 0)")
                .head()
                .getLong(0);
    }

    private static long number(Dataset<Row> anchor, String query) {
        return anchor.sparkSession().sql(query).head().getLong(0);
    }

    private static BigDecimal money(Dataset<Row> anchor, String query) {
        return anchor.sparkSession().sql(query).head().getDecimal(0).setScale(2);
    }
}
