package koc.rules;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pow;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import org.apache.spark.sql.Column;

/** When the owner of a product is due to buy it again (复购): one answer for forecasts and for counting buyers. */
public final class RepurchaseCycle {
    private static final double STEPS = 1024;

    private RepurchaseCycle() {}

    /**
     * Whether an owner's repurchase is due; never null. Needs is_consumable, use_cycle_days and last_bought_on.
     *
     * <p>A durable is never due, nor is a consumable whose cycle is unknown. A consumable is due {@code
     * repurchaseDueFraction} of its cycle after the last purchase. With .8 and a cycle of 30 days, an owner who bought 24
     * days ago is due, one who bought 23 days ago is not.
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
     * <p>It counts 1 on the day it falls due, and half of that {@code halfLife} cycles later, because an owner who
     * waits so long has most likely switched brands. With a cycle of 30 days, .8 and .25: 1 after 24 days, .5 after
     * 31.5 days, .25 after 39 days. The weight is rounded to steps of 1/1024, so that sums are exact.
     */
    public static Column weight(LocalDate day, double repurchaseDueFraction, double halfLife) {
        Column late = datediff(lit(day), col("last_bought_on"))
                .divide(col("use_cycle_days"))
                .minus(repurchaseDueFraction);
        Column weight = pow(lit(0.5), late.divide(halfLife));
        return when(
                        isDue(day, repurchaseDueFraction),
                        round(weight.multiply(STEPS)).divide(STEPS))
                .otherwise(0.0);
    }
}
