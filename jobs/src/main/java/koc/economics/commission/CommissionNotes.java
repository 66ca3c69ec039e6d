package koc.economics.commission;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import koc.run.JobRun;
import koc.tables.CommissionTables;
import koc.text.Texts;
import koc.warehouse.Table;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;

/** Says what the commissions job lacked, what it withheld, and which of its tables are empty for what reason. */
final class CommissionNotes {
    private static final String JOB = "commissions";

    private final JobRun run;
    private final Texts texts;
    private final CommissionSettings settings;

    CommissionNotes(JobRun run, Texts texts, CommissionSettings settings) {
        this.run = run;
        this.texts = texts;
        this.settings = settings;
    }

    /** Later dates have rows too, which do not know those of this run. */
    void laterDates() {
        note("commission.note.later-dates", run.day());
    }

    void report() {
        Row added = run.warehouse()
                .read(CommissionTables.COMMISSION_LEDGER, run.day())
                .where(col("kind").notEqual(Entries.TAKEN_BACK))
                .agg(
                        lines(col("is_margin_known").equalTo(false)),
                        lines(col("margin_rate").lt(0)),
                        lines(col("is_capped")),
                        coalesce(
                                sum(when(col("kind").equalTo(Entries.WITHHELD), col("amount"))),
                                lit(0).cast("decimal(18,2)")))
                .head();
        if (isEmpty(CommissionTables.COMMISSION_STATEMENT)) {
            note("commission.note.no-credits");
            return;
        }
        noteIfAny("commission.note.no-unit-cost", added.getLong(0), 100 * settings.defaultMarginRate());
        noteIfAny("commission.note.negative-margin", added.getLong(1));
        noteIfAny("commission.note.capped", added.getLong(2));
        if (added.getDecimal(3).signum() > 0) {
            note("commission.note.withheld", added.getDecimal(3));
        }
        if (isEmpty(CommissionTables.TEAM_BONUS)) {
            note("commission.note.no-teams");
        }
        if (isEmpty(CommissionTables.COMPETITION_BARS)) {
            note("commission.note.no-bars", settings.competition().minKocMonths());
        }
    }

    /** The number of order lines with a property; a line has a row for each of its KOCs. */
    private static Column lines(Column property) {
        return count_distinct(when(property, col("purchase_event_id")));
    }

    private boolean isEmpty(Table table) {
        return run.warehouse().read(table, run.day()).isEmpty();
    }

    private void noteIfAny(String name, long rows, Object... values) {
        if (rows > 0) {
            Object[] all = new Object[values.length + 1];
            all[0] = rows;
            System.arraycopy(values, 0, all, 1, values.length);
            note(name, all);
        }
    }

    private void note(String name, Object... values) {
        run.progress().note(JOB, texts.text(name, values));
    }
}
