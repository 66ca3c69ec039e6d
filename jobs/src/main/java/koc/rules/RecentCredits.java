package koc.rules;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.to_date;

import java.time.LocalDate;
import koc.tables.InfluenceTables;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Reads the purchase credits of the last 90 days, the basis of columns that end in {@code _90d}. */
public final class RecentCredits {
    /** Days of the credits. */
    public static final int DAYS = 90;

    private RecentCredits() {}

    /**
     * The purchase_credits of a run date whose purchases are in its last 90 days. The table itself covers more days if
     * {@code koc.influence.history-days} is above 90, its default.
     */
    public static Dataset<Row> readLast90Days(Warehouse warehouse, LocalDate day) {
        return warehouse
                .read(InfluenceTables.PURCHASE_CREDITS, day)
                .where(DayWindow.includes(to_date(col("purchased_at")), day, DAYS));
    }
}
