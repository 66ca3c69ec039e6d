package koc.rules;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.round;

import org.apache.spark.sql.Column;

/** In which counties more KOCs are no remedy yet, or only one as a test. */
public final class CountyCosts {
    private CountyCosts() {}

    /**
     * Whether the KOCs of a county cost at least 1 more than they caused, by koc_cost and koc_caused_value of county_card; false
     * where one of them is unknown. Amounts are compared as texts show them, without decimals.
     */
    public static Column exceedWhatWasCaused() {
        return coalesce(round(col("koc_caused_value")).lt(round(col("koc_cost"))), lit(false));
    }

    /**
     * Whether as many KOCs as are missing would cost at least 1 more than they are assumed to add, by missing_kocs_cost_28d
     * and unreached_margin_28d of county_card, without decimals; false where one of them is unknown. Example: 310 of cost,
     * for 3,000 of margin and an assumed gain of .1, are too much.
     *
     * @param assumedGain fraction of the margin that new KOCs are assumed to add
     */
    public static Column wouldExceedWhatIsAdded(double assumedGain) {
        Column cost = col("missing_kocs_cost_28d").cast("double");
        Column added = col("unreached_margin_28d").cast("double").multiply(assumedGain);
        return coalesce(round(cost).gt(round(added)), lit(false));
    }
}
