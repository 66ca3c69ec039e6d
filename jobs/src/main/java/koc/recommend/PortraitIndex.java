package koc.recommend;

import static org.apache.spark.sql.functions.aggregate;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.sum;
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
 * The portraits of a run, numbered from 0 by portrait_id. So a row can have an array with one number for each portrait.
 *
 * <p>Arrays have one value more than there are portraits. The last one is for users without a portrait, who are
 * expected to buy like the average user.
 *
 * <p>Sums over portraits always add in the same order, so that two runs agree to the last digit.
 */
public record PortraitIndex(List<Portrait> portraits) {

    /**
     * A portrait.
     *
     * @param users how many of all users are in it
     */
    public record Portrait(String id, String name, long users) {}

    /** Reads the portraits; there are at most a few dozen. */
    public static PortraitIndex read(Dataset<Row> portraits) {
        return new PortraitIndex(
                portraits.select("portrait_id", "name", "users").orderBy("portrait_id").collectAsList().stream()
                        .map(row -> new Portrait(row.getString(0), row.getString(1), row.getLong(2)))
                        .toList());
    }

    /** The number of portraits. Their indexes are 0 to size - 1. */
    public int size() {
        return portraits.size();
    }

    /** The index of users without a portrait: the last one of every array. */
    public int withoutPortrait() {
        return size();
    }

    public String id(int index) {
        return portraits.get(index).id();
    }

    public String name(int index) {
        return portraits.get(index).name();
    }

    /** The portrait's fraction of all users who have one; 0 for users without a portrait. */
    public double populationFraction(int index) {
        long users = portraits.stream().mapToLong(Portrait::users).sum();
        return index == withoutPortrait() ? 0 : (double) portraits.get(index).users() / Math.max(1, users);
    }

    /** The index of a portrait_id; that of users without a portrait when the id is null or unknown. */
    public Column indexOf(Column portraitId) {
        Column found = lit(withoutPortrait());
        for (int index = 0; index < size(); index++) {
            found = when(portraitId.equalTo(id(index)), index).otherwise(found);
        }
        return found;
    }

    /** An array with one value for each index, that of users without a portrait included. */
    public Column arrayOf(IntFunction<Column> value) {
        return array(indexes().mapToObj(value).toArray(Column[]::new));
    }

    /** An array of zeros. */
    public Column zeros() {
        return arrayOf(index -> lit(0.0));
    }

    /** Of all users with a portrait, the fraction in each one. */
    public Column populationMix() {
        return arrayOf(index -> lit(populationFraction(index)));
    }

    /** All indexes, that of users without a portrait included. */
    private IntStream indexes() {
        return IntStream.rangeClosed(0, withoutPortrait());
    }

    /** Sums the value by portrait_index: an array. */
    public Column sumByPortrait(Column value) {
        return arrayOf(index -> sum(when(isIn(index), value).otherwise(0.0)));
    }

    /** Counts rows that meet the condition by portrait_index: an array. */
    public Column countByPortrait(Column condition) {
        return arrayOf(index -> count_if(isIn(index).and(condition)));
    }

    /** Whether the row's portrait_index is this one. */
    public static Column isIn(int index) {
        return col("portrait_index").equalTo(index);
    }

    /** The greatest value among the rows of this portrait_id; null without such a row. */
    public Column valueOf(int index, String column) {
        return max(when(col("portrait_id").equalTo(id(index)), col(column)));
    }

    /**
     * The sum of one value for each index, as one expression without a higher-order function, so that Spark generates
     * code for it. Use it for values of every KOC and product. Arrays that the values read must be columns by
     * themselves: an array that is still to be computed would be computed again for each index.
     */
    public Column unrolledSum(IntFunction<Column> value) {
        return indexes().mapToObj(value).reduce(Column::plus).orElseThrow();
    }

    /** The rate of owners expected from a pool's mix of portraits: the sum of {@code mix x rates}. */
    public Column rateOfMix() {
        return unrolledSum(index -> at("mix", index).multiply(at("rates", index)));
    }

    /**
     * The fraction of a product's expected buyers that comes from a portrait: {@code mix x rates / rate_of_mix}; {@code
     * mix} where rate_of_mix is 0.
     */
    public static Column buyerFraction(int index) {
        return coalesce(
                at("mix", index).multiply(at("rates", index)).divide(nullif(col("rate_of_mix"), lit(0.0))),
                at("mix", index));
    }

    /** The sum of an array's numbers, always added in the same order. */
    public static Column sumOf(Column numbers) {
        return aggregate(numbers, lit(0.0), (sum, number) -> sum.plus(number.cast(DataTypes.DoubleType)));
    }

    /** The sum of the products of two arrays. */
    public static Column dot(Column numbers, Column others) {
        return sumOf(zip_with(numbers, others, (number, other) -> number.multiply(other)));
    }

    /** The value of an array column at an index. */
    public static Column at(String arrayColumn, int index) {
        return col(arrayColumn).getItem(index);
    }
}
