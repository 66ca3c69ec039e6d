package koc.rules;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.round;

import org.apache.spark.sql.Column;

/** In which counties more KOCs are no remedy yet: those whose KOCs cost more than they probably caused. */
public final class CountyCosts {
    private CountyCosts() {}

    /**
     * Whether the KOCs of a county cost at least 1 more than they caused, by koc_cost and koc_caused_value of county_card; false
     * where one of them is unknown. Amounts are compared as texts show them, without decimals.
     */
    public static Column exceedWhatWasCaused() {
        return coalesce(round(col("koc_caused_value")).lt(round(col("koc_cost"))), lit(false));
    }
}
