package koc.recommend;

import static org.apache.spark.sql.functions.aggregate;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.zip_with;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * The run's portraits in a fixed order, so that a row can hold one number a portrait in an array.
 *
 * <p>Arrays have one place more than there are portraits: the last is for members who have no portrait, because the
 * brand knows nothing of them. They buy like everybody.
 *
 * <p>A portrait is a place in the order from 0; sums over places always add up in the same order, so that a
 * run gives the same last digits twice.
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

    /** Everybody's share of each portrait; 0 for the last place. */
    Column shares() {
        return arrayOf(place -> lit(share(place)));
    }

    /**
     * The sum of one value a place, written out so that it is compiled: for what is done for every KOC and offer. The
     * values may read columns that exist, not expressions over them: each would be written out again a place.
     */
    Column compiledSum(IntFunction<Column> value) {
        return IntStream.rangeClosed(0, size())
                .mapToObj(value)
                .reduce(Column::plus)
                .orElseThrow();
    }

    /** The share of a pool's portraits that has a product: of rows with a KOC's mix and a product's rates. */
    Column shareOfMix() {
        return compiledSum(place -> at("mix", place).multiply(at("rates", place)));
    }

    /** The sum of an array's numbers, always added in the same order. */
    static Column sum(Column numbers) {
        return aggregate(numbers, lit(0.0), (sum, number) -> sum.plus(number.cast(DataTypes.DoubleType)));
    }

    /** The sum over places of the products of two arrays. */
    static Column dot(Column numbers, Column others) {
        return sum(zip_with(numbers, others, (number, other) -> number.multiply(other)));
    }

    /** The value at a place of an array column. */
    static Column at(String arrayColumn, int place) {
        return col(arrayColumn).getItem(place);
    }
}
