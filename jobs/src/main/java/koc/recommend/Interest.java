package koc.recommend;

import static org.apache.spark.sql.functions.col;

import java.util.Locale;
import org.apache.spark.sql.Column;

/** By which kind of interest products are recommended: the strongest there is in the data. */
enum Interest {
    /** Bought, less what was given back. */
    PURCHASE,
    /** Looked at, liked, put in the cart or opened, where nothing was ever bought. */
    INTEREST;

    /** How much of it a row of user_product_days holds. */
    Column kept() {
        return switch (this) {
            case PURCHASE -> col("units").minus(col("refunded_units"));
            case INTEREST -> col("interest");
        };
    }

    /** Whether the row holds any. */
    Column happened() {
        return switch (this) {
            case PURCHASE -> col("units").notEqual(0).or(col("refunded_units").notEqual(0));
            case INTEREST -> col("interest").gt(0);
        };
    }

    /** The word in tables and messages. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
