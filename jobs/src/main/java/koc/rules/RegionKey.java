package koc.rules;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;

/** Which users live in the same county: counties of one name in different cities or provinces are different. */
public final class RegionKey {
    private RegionKey() {}

    /**
     * Province, city and county in one text: {@code Zhejiang / Hangzhou / Yuhang}; a province or city that is not
     * recorded is empty; null without a county. Needs province, city and county.
     */
    public static Column region() {
        Column region =
                concat_ws(" / ", coalesce(col("province"), lit("")), coalesce(col("city"), lit("")), col("county"));
        return when(length(trim(col("county"))).gt(0), region);
    }
}
