package koc.recommend;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The run's portraits in a fixed order, so that a row can hold one number a portrait in an array.
 *
 * <p>Arrays have one place more than there are portraits: the last is for members who have no portrait, because the
 * brand knows nothing of them. They buy like everybody.
 *
 * <p>A portrait is a place in the order from 0; sums over places are written out place by place, so that they are
 * compiled into the plan and always add up in the same order.
 */
record PortraitOrder(List<Portrait> portraits) {

    /** A portrait, and how many of all users are in it. */
    record Portrait(String id, String name, long users) {}

    /** The order by portrait_id; there are at most a few dozen portraits. */
    static PortraitOrder of(Dataset<Row> portraits) {
        return new PortraitOrder(
                portraits.select("portrait_id", "name", "users").orderBy("portrait_id").collectAsList().stream()
                        .map(row -> new Portrait(row.getString(0), row.getString(1), row.getLong(2)))
                        .toList());
    }

    int size() {
        return portraits.size();
    }

    /** All users. */
    long users() {
        return portraits.stream().mapToLong(Portrait::users).sum();
    }

    /** The portrait's share of all users; 0 for the last place. */
    double share(int place) {
        return place == size() ? 0 : (double) portraits.get(place).users() / Math.max(1, users());
    }

    /** The place of this portrait; the last place when it is none of them. */
    Column place(Column portraitId) {
        Column place = lit(size());
        for (int i = 0; i < size(); i++) {
            place = when(portraitId.equalTo(portraits.get(i).id()), i).otherwise(place);
        }
        return place;
    }

    /** An array with one value a place, the last place included. */
    Column arrayOf(IntFunction<Column> value) {
        return array(IntStream.rangeClosed(0, size()).mapToObj(value).toArray(Column[]::new));
    }

    /** The sum of one value a place, the last place included, added in order. */
    Column sumOf(IntFunction<Column> value) {
        return places(size() + 1).map(value::apply).reduce(Column::plus).orElseThrow();
    }

    /** The sum over the portraits proper, without the last place. */
    Column sumOfPortraits(IntFunction<Column> value) {
        return places(size()).map(value::apply).reduce(Column::plus).orElseGet(() -> lit(0.0));
    }

    /** The value at a place of an array column. */
    static Column at(String arrayColumn, int place) {
        return col(arrayColumn).getItem(place);
    }

    private static Stream<Integer> places(int count) {
        return IntStream.range(0, count).boxed();
    }
}
