package koc.recommend;

import static org.apache.spark.sql.functions.col;

import org.apache.spark.sql.Column;

/** By which kind of interest products are recommended: the strongest there is in the data. */
enum Interest {
    /** Bought, less what was given back. */
    PURCHASE(col("units").minus(col("refunded_units")), col("units").notEqual(0).or(col("refunded_units").notEqual(0))),
    /** Looked at, liked, put in the cart or opened, where nothing was ever bought. */
    INTEREST(col("interest"), col("interest").gt(0));

    private final Column kept;
    private final Column happened;

    Interest(Column kept, Column happened) {
        this.kept = kept;
        this.happened = happened;
    }

    /** How much of it a row of user_product_days holds. */
    Column kept() {
        return kept.cast("bigint");
    }

    /** Whether the row holds any. */
    Column happened() {
        return happened;
    }

    /** The word in tables and messages. */
    String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
