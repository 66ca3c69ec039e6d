package koc.backtest;

import org.apache.spark.sql.Row;

/**
 * The KOCs that a row is about.
 *
 * @param kind all, cutoff, portrait, level or pool_size
 * @param name which one of its kind, as in gold for a level
 */
record Slice(String kind, String name) {
    /** All KOCs. */
    static final Slice ALL = new Slice("all", "all");

    static Slice fromRow(Row row) {
        return new Slice(row.getAs("slice_kind"), row.getAs("slice"));
    }
}
