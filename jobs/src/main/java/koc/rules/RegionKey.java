package koc.rules;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;

/** A key for counties. Counties of the same name in different cities or provinces have different keys. */
public final class RegionKey {
    private RegionKey() {}

    /**
     * Province, city and county in one text: {@code Zhejiang / Hangzhou / Yuhang}. A missing province or city is empty. The key
     * is null without a county. Needs province, city and county.
     */
    public static Column region() {
        Column region =
                concat_ws(" / ", coalesce(col("province"), lit("")), coalesce(col("city"), lit("")), col("county"));
        return when(length(trim(col("county"))).gt(0), region);
    }
}
