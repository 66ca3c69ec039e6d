package koc.economics.commission;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import com.typesafe.config.Config;
import java.time.LocalDate;
import java.util.stream.Collectors;
import koc.rules.CommissionRule;
import koc.tables.CleanTables;
import koc.tables.CommissionTables;
import koc.warehouse.Table;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Computes what other rules would have paid for the order lines in the ledger: commission, prizes and team bonus. It
 * writes nothing.
 *
 * <p>Credit, margin, sales position and the reasons for withholding stay as they were recorded. The rules in force give
 * the ledger itself, except inviters and teams, which are those of {@code --date}.
 */
public final class CommissionReplay {
    private static final String MONEY = "decimal(18,2)";
    private static final String LINE = "purchase_event_id";
    private static final String SELLER = "seller_id";

    private final CommissionSettings proposed;

    /** Replays the rules of this configuration. */
    public CommissionReplay(Config proposed) {
        this.proposed = CommissionSettings.from(proposed);
    }

    /** The proposed versions, by name. */
    public String versions() {
        return proposed.rules().stream().map(CommissionRule::version).collect(Collectors.joining(", "));
    }

    /**
     * Compares commission due and prizes with what they would be.
     *
     * @param day last run date of the ledger to use
     * @param firstMonth first day of the first month to list
     * @return one row per KOC and month: koc_id, month, net_sales, due, proposed, difference, prize, proposed_prize
     */
    public Dataset<Row> compare(Warehouse warehouse, LocalDate day, LocalDate firstMonth) {
        // Named, so that a ledger that was never written is an error.
        warehouse.read(CommissionTables.COMMISSION_LEDGER, day);
        Dataset<Row> ledger = warehouse.readUpTo(CommissionTables.COMMISSION_LEDGER, day);
        Periods periods = periods(day);
        Dataset<Row> statements = Statements.byKoc(ledger, periods);
        Dataset<Row> sales = Competition.sales(statements);
        Dataset<Row> bars = new CompetitionBars(proposed.competition(), periods)
                .compute(sales, CompetitionBars.firstWholeMonth(ledger, day));
        Dataset<Row> prizes =
                ofDay(warehouse, CommissionTables.COMPETITION, day).select("koc_id", "month", "prize");
        Dataset<Row> proposedPrizes = Competition.compute(sales, bars, periods)
                .select(col("koc_id"), col("month"), col("prize").as("proposed_prize"));
        Dataset<Row> proposedDue = replay(ledger, warehouse, day)
                .groupBy("koc_id", "month")
                .agg(sum(Statements.due()).cast(MONEY).as("proposed"));
        String[] koc = {"koc_id", "month"};
        return statements
                .select("koc_id", "month", "net_sales", "due")
                .join(proposedDue, koc, "full")
                .join(prizes, koc, "full")
                .join(proposedPrizes, koc, "full")
                .where(col("month").geq(lit(firstMonth)))
                .select(
                        col("koc_id"),
                        col("month"),
                        orZero("net_sales").as("net_sales"),
                        orZero("due").as("due"),
                        orZero("proposed").as("proposed"),
                        orZero("proposed").minus(orZero("due")).cast(MONEY).as("difference"),
                        orZero("prize").as("prize"),
                        orZero("proposed_prize").as("proposed_prize"));
    }

    /**
     * Compares the bonus of teams with what it would be.
     *
     * @return one row per month and team: month, team_id, bonus, proposed
     */
    public Dataset<Row> compareTeams(Warehouse warehouse, LocalDate day, LocalDate firstMonth) {
        Dataset<Row> statements =
                Statements.byKoc(warehouse.readUpTo(CommissionTables.COMMISSION_LEDGER, day), periods(day));
        Dataset<Row> proposedBonus = TeamBonus.compute(
                statements, warehouse.readLatest(CleanTables.USERS, day), proposed.team(), periods(day));
        return ofDay(warehouse, CommissionTables.TEAM_BONUS, day)
                .select("month", "team_id", "bonus")
                .join(
                        proposedBonus.select(
                                col("month"), col("team_id"), col("bonus").as("proposed")),
                        new String[] {"month", "team_id"},
                        "full")
                .where(col("month").geq(lit(firstMonth)))
                .select(
                        col("month"),
                        col("team_id"),
                        orZero("bonus").as("bonus"),
                        orZero("proposed").as("proposed"));
    }

    /** The rows of commission_ledger under the proposed rules. */
    Dataset<Row> replay(Dataset<Row> ledger, Warehouse warehouse, LocalDate day) {
        Dataset<Row> ofSellers = ledger.where(col("koc_id").equalTo(col(SELLER)));
        Column isTakenBack = col("kind").equalTo(Entries.TAKEN_BACK);
        Column isRefund = coalesce(col("reason").equalTo(TakeBacks.REFUND), lit(false));
        Dataset<Row> refunds = ofSellers
                .where(isTakenBack.and(isRefund))
                .select(LINE, SELLER, "cause_event_id", "part", "happened_on", "refunded_amount", "month", "day");
        Dataset<Row> fraud = ofSellers
                .where(isTakenBack.and(isRefund.equalTo(false)))
                .select(LINE, SELLER, "reason", "happened_on", "month", "day");

        Dataset<Row> entries =
                Entries.select(Entries.divide(proposed.rates().add(ofSellers.where(isTakenBack.equalTo(false)))));
        if (proposed.upline().pays()) {
            entries = Entries.withInviters(
                    entries, Inviters.read(warehouse, day), proposed.upline().rate());
        }
        Dataset<Row> earned = entries.where(col("kind").equalTo(Entries.EARNED));
        Dataset<Row> none = TakeBacks.sumUp(ledger.limit(0));
        Dataset<Row> refunded = TakeBacks.ofRefunds(TakeBacks.join(earned, refunds, LINE, SELLER), none);
        return entries.unionByName(refunded).unionByName(TakeBacks.ofFraud(earned, fraud, TakeBacks.sumUp(refunded)));
    }

    private Periods periods(LocalDate day) {
        return Periods.ofFirstRun(day, proposed.closeDays());
    }

    private static Dataset<Row> ofDay(Warehouse warehouse, Table table, LocalDate day) {
        return warehouse.readUpTo(table, day).where(col("day").equalTo(lit(day)));
    }

    private static Column orZero(String name) {
        return coalesce(col(name), lit(0)).cast(MONEY);
    }
}
