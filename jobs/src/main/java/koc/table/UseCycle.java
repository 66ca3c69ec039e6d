package koc.table;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pow;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import org.apache.spark.sql.Column;

/** The one rule by which who has a product needs it again, for those who forecast buyers and those who count them. */
public final class UseCycle {
    private static final double STEPS = 1024;

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

    /**
     * How much it counts that somebody is due, 0 for who is not: 1 on the day, and half of it {@code halfLife} cycles later, for who has
     * let it be has most likely changed over. With a cycle of 30 days, .8 and .25: 1 after 24 days, .5 after 31.5, .25 after 39.
     * In steps of 1/1024, so that sums are exact.
     */
    public static Column weight(LocalDate day, double repurchaseShare, double halfLife) {
        Column late = datediff(lit(day), col("last_bought_on"))
                .divide(col("use_cycle_days"))
                .minus(repurchaseShare);
        Column weight = pow(lit(0.5), late.divide(halfLife));
        return when(isDue(day, repurchaseShare), round(weight.multiply(STEPS)).divide(STEPS))
                .otherwise(0.0);
    }
}
