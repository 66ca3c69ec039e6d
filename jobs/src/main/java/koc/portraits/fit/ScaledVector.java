package koc.portraits.fit;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.ln;
import static org.apache.spark.sql.functions.log1p;
import static org.apache.spark.sql.functions.sqrt;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.try_element_at;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import java.util.Objects;
import koc.portraits.fit.Scaling.ScaledInput;
import org.apache.spark.sql.Column;

/**
 * A user's scaled vector as a Spark column: the numbers, then the categories. {@link Scaling#vector} computes the same for
 * sampled users on the driver.
 */
public final class ScaledVector {
    private ScaledVector() {}

    /** The vector of a user, from user_features with attention. */
    public static Column compute(Scaling scaling) {
        Column numbers = array(scaling.inputs().stream()
                        .filter(input -> !input.isCategory())
                        .map(input -> scaledNumber(input, col(input.input()).cast("double")))
                        .toArray(Column[]::new))
                .cast("array<double>");
        List<ScaledInput> categories =
                scaling.inputs().stream().filter(ScaledInput::isCategory).toList();
        return categories.isEmpty() ? numbers : concat(numbers, scaledCategories(categories, scaling.priorWeight()));
    }

    /**
     * The categories as one expression: one per category would make plans huge. Categories are all prepared in the same way;
     * only the prior differs, and the centre, which is the square root of the prior.
     */
    private static Column scaledCategories(List<ScaledInput> categories, double priorWeight) {
        Column names = lit(categories.stream().map(ScaledInput::category).toArray(String[]::new));
        Column priors = lit(categories.stream()
                .mapToDouble(input -> Objects.requireNonNull(input.prior()))
                .toArray());
        double weight = categories.get(0).weight();
        Column total = coalesce(col("attention"), lit(0.0)).plus(priorWeight);
        return transform(names, (name, index) -> {
            Column prior = element_at(priors, index.plus(1));
            Column attention = coalesce(try_element_at(col("category_weights"), name), lit(0.0));
            // The same formula as in Scaling.shrunkFraction.
            Column fraction = when(
                            total.gt(0),
                            attention.plus(prior.multiply(priorWeight)).divide(total))
                    .otherwise(prior);
            return sqrt(fraction).minus(sqrt(prior)).multiply(weight);
        });
    }

    private static Column scaledNumber(ScaledInput input, Column raw) {
        Column transformed =
                switch (input.transform()) {
                    case NONE -> raw;
                    case LOG1P -> log1p(greatest(lit(0.0), raw));
                    case LN -> ln(greatest(lit(1e-6), raw));
                    case SQRT -> sqrt(greatest(lit(0.0), raw));
                };
        Column filled = when(raw.isNull(), input.fill()).otherwise(transformed);
        return least(lit(input.upper()), greatest(lit(input.lower()), filled))
                .minus(input.center())
                .divide(input.scale())
                .multiply(input.weight());
    }
}
