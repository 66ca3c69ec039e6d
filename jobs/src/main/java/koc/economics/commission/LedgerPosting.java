package koc.economics.commission;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.time.LocalDate;
import koc.rules.KeptPurchases;
import koc.spark.Checkpoints;
import koc.tables.CleanTables;
import koc.tables.CommissionTables;
import koc.tables.FeatureTables;
import koc.tables.InfluenceTables;
import koc.tables.KocTables;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Finds what the ledger does not hold yet as of a day: credited order lines, refunds of its lines, and later fraud. */
final class LedgerPosting {
    private static final String LINE = "purchase_event_id";

    private final Warehouse warehouse;
    private final CommissionSettings settings;
    private final Periods periods;
    private final Checkpoints checkpoints;

    LedgerPosting(Warehouse warehouse, CommissionSettings settings, Periods periods, Checkpoints checkpoints) {
        this.warehouse = warehouse;
        this.settings = settings;
        this.periods = periods;
        this.checkpoints = checkpoints;
    }

    /** The rows of commission_ledger of the run date. */
    Dataset<Row> compute() {
        LocalDate day = periods.day();
        Dataset<Row> earlier = warehouse.readUpTo(CommissionTables.COMMISSION_LEDGER, day.minusDays(1));
        Dataset<Row> credits =
                checkpoints.compute(CreditedLines.sumCredits(warehouse.read(InfluenceTables.PURCHASE_CREDITS, day)));
        Dataset<Row> added = checkpoints.compute(newLines(credits, earlier));
        Dataset<Row> earned = ofKind(earlier, Entries.EARNED).unionByName(ofKind(added, Entries.EARNED));
        Dataset<Row> takenBack = ofKind(earlier, Entries.TAKEN_BACK);
        Dataset<Row> refunds = checkpoints.compute(
                TakeBacks.ofRefunds(TakeBacks.join(earned, newRefunds(takenBack), LINE), TakeBacks.sumUp(takenBack)));
        Dataset<Row> fraud =
                TakeBacks.ofFraud(earned, laterFraud(credits), TakeBacks.sumUp(takenBack.unionByName(refunds)));
        return added.unionByName(refunds).unionByName(fraud);
    }

    private Dataset<Row> newLines(Dataset<Row> credits, Dataset<Row> earlier) {
        LocalDate day = periods.day();
        Dataset<Row> lines = CreditedLines.describe(
                credits.join(earlier.select(LINE), new String[] {LINE}, "left_anti"),
                warehouse.readUpTo(CleanTables.EVENTS, day),
                warehouse.readLatest(CleanTables.PRODUCTS, day),
                settings.defaultMarginRate());
        Dataset<Row> positioned = SalesPositions.add(lines, warehouse.readUpTo(FeatureTables.USER_PRODUCT_DAYS, day));
        Dataset<Row> entries =
                Entries.earn(settings.rates().add(positioned), warehouse.read(KocTables.KOC_RANKING, day), periods);
        return settings.upline().pays()
                ? Entries.withInviters(
                        entries,
                        Inviters.read(warehouse, day),
                        settings.upline().rate())
                : entries;
    }

    private Dataset<Row> newRefunds(Dataset<Row> takenBack) {
        return warehouse
                .readUpTo(CleanTables.REFUNDS, periods.day())
                .where(KeptPurchases.isMatched().and(col("amount").gt(0)))
                .select(
                        col(LINE),
                        col("refund_event_id").as("cause_event_id"),
                        col("part"),
                        col("refunded_on").as("happened_on"),
                        col("amount").as("refunded_amount"),
                        periods.monthOf(col("refunded_on")).as("month"),
                        lit(periods.day()).as("day"))
                .join(
                        takenBack.select(LINE, "cause_event_id", "part"),
                        new String[] {LINE, "cause_event_id", "part"},
                        "left_anti");
    }

    private Dataset<Row> laterFraud(Dataset<Row> credits) {
        Column day = lit(periods.day());
        return credits.where("fraud_reason IS NOT NULL")
                .select(
                        col(LINE),
                        col("seller_id"),
                        col("fraud_reason").as("reason"),
                        day.as("happened_on"),
                        periods.monthOf(day).as("month"),
                        day.as("day"));
    }

    private static Dataset<Row> ofKind(Dataset<Row> ledger, String kind) {
        return ledger.where(col("kind").equalTo(kind));
    }
}
