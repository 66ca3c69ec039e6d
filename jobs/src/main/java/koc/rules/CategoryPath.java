package koc.rules;

import static org.apache.spark.sql.functions.array_join;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.slice;
import static org.apache.spark.sql.functions.split;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;

/** Normalizes and truncates category paths such as {@code drinks > tea > green}. */
public final class CategoryPath {
    /** The sign between the levels of a path. */
    public static final String SEPARATOR = ">";

    private CategoryPath() {}

    /** The path with one blank on each side of every {@code >}: {@code a > b}; null without a path. */
    public static Column normalize(Column path) {
        return array_join(levels(path), " > ");
    }

    /**
     * Keeps the first levels of a path: {@code a > b > c} becomes {@code a > b} at depth 2. Without a path it is
     * {@link Absent#NONE}.
     *
     * @param depth number of levels to keep, at least 1
     */
    public static Column truncate(Column path, int depth) {
        Column first = slice(levels(path), 1, depth);
        return when(path.isNull().or(trim(path).equalTo("")), Absent.NONE).otherwise(array_join(first, " > "));
    }

    /**
     * The category after a left join with the products: {@link Absent#NONE} for a product that is not in the catalogue.
     *
     * @param category as {@link #truncate} returns it, or null
     */
    public static Column orNone(Column category) {
        return coalesce(category, lit(Absent.NONE));
    }

    /** Whether the category is not {@link Absent#NONE}. */
    public static Column isPresent(Column category) {
        return category.notEqual(Absent.NONE);
    }

    private static Column levels(Column path) {
        return transform(split(path, ">"), level -> trim(level));
    }
}
