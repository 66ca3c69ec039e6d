package koc.rules;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import org.apache.spark.sql.Column;

/** Which KOCs cost more than the customers are worth whom they probably won: for these, nobody should spend more. */
public final class LosingKocs {
    private LosingKocs() {}

    /**
     * Whether a KOC surely costs more than they brought, by overall_verdict and incremental_ratio_high of koc_economics; false
     * where nothing is known.
     */
    public static Column costMoreThanTheyBring() {
        Column isSurelyNotCaused = col("overall_verdict")
                .equalTo("not_caused")
                .and(col("incremental_ratio_high").lt(1));
        return coalesce(col("overall_verdict").equalTo("loses_money").or(isSurelyNotCaused), lit(false));
    }
}
