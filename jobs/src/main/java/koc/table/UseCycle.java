package koc.table;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.lit;

import java.time.LocalDate;
import org.apache.spark.sql.Column;

/** The one rule by which who has a product needs it again, for those who forecast buyers and those who count them. */
public final class UseCycle {
    private UseCycle() {}

    /**
     * Whether who has it needs it again; never null. Needs is_consumable, use_cycle_days and last_bought_on.
     *
     * <p>A durable, and a consumable whose cycle is unknown, is never needed again; a consumable is due again
     * {@code repurchaseShare} of its cycle after the last purchase. With .8 and a cycle of 30 days, who bought 24 days
     * ago is due, who bought 23 days ago is not.
     */
    public static Column isDue(LocalDate day, double repurchaseShare) {
        Column due = col("is_consumable")
                .and(datediff(lit(day), col("last_bought_on"))
                        .geq(col("use_cycle_days").multiply(repurchaseShare)));
        return coalesce(due, lit(false));
    }
}
