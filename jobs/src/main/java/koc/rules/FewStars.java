package koc.rules;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import org.apache.spark.sql.Column;

/**
 * Which products are checked before anybody shares them: those that disappointed several buyers on average. The thresholds
 * are our own choice.
 */
public final class FewStars {
    /** Mean stars below which buyers are disappointed. */
    public static final double STARS = 2.5;
    /** Reviews and complaints, together: one disappointed buyer is not enough. */
    public static final int MIN_VOICES = 2;

    private FewStars() {}

    /** Whether a product has few stars from several voices, by the columns of product_profile; false without reviews. */
    public static Column hasFewStars() {
        Column voices = col("reviews").plus(col("complaints"));
        return coalesce(col("mean_rating").lt(STARS).and(voices.geq(MIN_VOICES)), lit(false));
    }
}
