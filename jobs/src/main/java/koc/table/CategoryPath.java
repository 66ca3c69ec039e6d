package koc.table;

import static org.apache.spark.sql.functions.array_join;
import static org.apache.spark.sql.functions.slice;
import static org.apache.spark.sql.functions.split;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;

/** The one rule by which category paths are cut wherever categories are told apart. */
public final class CategoryPath {
    /** The category of products that have none. */
    public static final String NONE = "(none)";

    private CategoryPath() {}

    /** A path with single blanks around its borders, whoever wrote it: {@code a > b}; null without a path. */
    public static Column written(Column path) {
        return array_join(levels(path), " > ");
    }

    /** The first levels of a path {@code a > b > c}: {@code a > b} at depth 2; {@link #NONE} without a path. */
    public static Column cut(Column path, int depth) {
        Column first = slice(levels(path), 1, depth);
        return when(path.isNull().or(trim(path).equalTo("")), NONE).otherwise(array_join(first, " > "));
    }

    private static Column levels(Column path) {
        return transform(split(path, ">"), level -> trim(level));
    }
}
