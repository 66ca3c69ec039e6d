package koc.recommend;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;

import java.util.Arrays;
import java.util.Locale;
import koc.rules.KeptPurchases;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** By which type of event it is told who wants what; the strongest first. */
enum Interest {
    /** Bought, less what was given back. */
    PURCHASE,
    CART,
    FAVORITE,
    INQUIRY,
    SHARE_OPEN,
    CLICK,
    VIEW;

    /**
     * The strongest that is there in at least so many rows; where none is, the strongest that is there at all.
     *
     * @param userProductDays user_product_days
     */
    static Interest strongest(Dataset<Row> userProductDays, long least) {
        Column[] counts = Arrays.stream(values())
                .map(interest -> count_if(interest.happened()).as(interest.word()))
                .toArray(Column[]::new);
        Row found = userProductDays
                .agg(counts[0], Arrays.copyOfRange(counts, 1, counts.length))
                .head();
        for (long enough : new long[] {least, 1}) {
            for (Interest interest : values()) {
                if (found.<Long>getAs(interest.word()) >= enough) {
                    return interest;
                }
            }
        }
        return PURCHASE;
    }

    /**
     * The profiles with those as buyers who showed this interest; of purchases, profiles know it themselves.
     *
     * @param profiles product_profile
     */
    Dataset<Row> withBuyers(Dataset<Row> profiles, Dataset<Row> userProductDays) {
        if (this == PURCHASE) {
            return profiles;
        }
        Dataset<Row> counted = userProductDays
                .where(happened())
                .groupBy("product_id")
                .agg(count_distinct(col("user_id")).as("interested"));
        return profiles.join(counted, new String[] {"product_id"}, "left")
                .withColumn("buyers", coalesce(col("interested"), lit(0L)))
                .drop("interested");
    }

    /** How much of it a row of user_product_days holds. */
    Column kept() {
        return switch (this) {
            case PURCHASE -> KeptPurchases.units();
            case CART -> col("carts");
            case FAVORITE -> col("favorites");
            case INQUIRY -> col("inquiries");
            case SHARE_OPEN -> col("opens");
            case CLICK -> col("clicks");
            case VIEW -> col("views");
        };
    }

    /** Whether the row holds any. */
    Column happened() {
        return this == PURCHASE
                ? col("units").notEqual(0).or(col("refunded_units").notEqual(0))
                : kept().gt(0);
    }

    /** The type of event. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
