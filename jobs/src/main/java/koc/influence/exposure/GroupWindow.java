package koc.influence.exposure;

import static org.apache.spark.sql.functions.col;

import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/** Windows over all rows of a group. */
public final class GroupWindow {
    private GroupWindow() {}

    /** All rows with the same values of these columns; all rows when no column is named. */
    public static WindowSpec by(String... columns) {
        Column[] key = Arrays.stream(columns).map(name -> col(name)).toArray(Column[]::new);
        return Window.partitionBy(key).rowsBetween(Window.unboundedPreceding(), Window.unboundedFollowing());
    }
}
