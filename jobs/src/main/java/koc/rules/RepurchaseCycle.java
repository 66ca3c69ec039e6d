package koc.rules;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pow;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import koc.spark.ExactSums;
import org.apache.spark.sql.Column;

/** Decides when a repurchase (复购) is due. Predictions and the count of actual buyers use the same rule. */
public final class RepurchaseCycle {
    private RepurchaseCycle() {}

    /**
     * Whether an owner's repurchase is due; never null. Needs is_consumable, use_cycle_days and last_bought_on.
     *
     * <p>A consumable is due when {@code repurchaseDueFraction} of its use cycle has passed since the last purchase.
     * Durables, and consumables without a known cycle, are never due. Example with .8 and a cycle of 30 days: an owner
     * who bought 24 days ago is due, an owner who bought 23 days ago is not.
     */
    public static Column isDue(LocalDate day, double repurchaseDueFraction) {
        Column due = col("is_consumable")
                .and(datediff(lit(day), col("last_bought_on"))
                        .geq(col("use_cycle_days").multiply(repurchaseDueFraction)));
        return coalesce(due, lit(false));
    }

    /**
     * How much a due repurchase counts, 0..1; 0 for an owner who is not due.
     *
     * <p>The factor is 1 on the day when the repurchase becomes due. It halves every {@code halfLife} cycles after
     * that, because owners who wait longer have probably switched brands. Example with a cycle of 30 days, .8 and .25:
     * 1 after 24 days, .5 after 31.5 days, .25 after 39 days. Factors are multiples of 1/1024, so that their sums are
     * exact.
     */
    public static Column overdueFactor(LocalDate day, double repurchaseDueFraction, double halfLife) {
        Column overdueCycles = datediff(lit(day), col("last_bought_on"))
                .divide(col("use_cycle_days"))
                .minus(repurchaseDueFraction);
        Column factor = pow(lit(0.5), overdueCycles.divide(halfLife));
        return when(isDue(day, repurchaseDueFraction), ExactSums.roundToStep(factor, ExactSums.COARSE_STEPS))
                .otherwise(0.0);
    }
}
