package koc.recommend;

import static org.apache.spark.sql.functions.udf;

import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import scala.collection.Seq;

/**
 * The item model applied to lists of products. Spark SQL has no product of vector and matrix: as rows it would be
 * products of a pool x size of the head, for thousands of pools more than memory; here it is additions in place.
 */
final class ItemScores {
    private static final DataType SCORES = DataTypes.createArrayType(DataTypes.DoubleType, false);

    private ItemScores() {}

    /**
     * What a list of products says of every product of the head: an array of the model's size, at product_number - 1
     * the sum of weight x model weight over the list.
     *
     * @param products product numbers of the head
     * @param weights how much each counts, as many
     */
    static Column ofAll(Broadcast<ItemModel> model, Column products, Column weights) {
        UDF2<Seq<Integer>, Seq<Double>, double[]> sum = (numbers, counts) -> {
            float[][] rows = model.value().weights();
            double[] scores = new double[rows.length];
            for (int k = 0; k < numbers.size(); k++) {
                int number = numbers.apply(k);
                if (number <= rows.length) {
                    float[] row = rows[number - 1];
                    double weight = counts.apply(k);
                    for (int j = 0; j < scores.length; j++) {
                        scores[j] += weight * row[j];
                    }
                }
            }
            return scores;
        };
        return udf(sum, SCORES).apply(products, weights);
    }

    /**
     * What a list of products says of some: of one that is on the list itself, what the others say.
     *
     * @param products product numbers of the head
     * @param some product numbers of the head
     * @return an array, in the order of {@code some}
     */
    static Column ofSome(Broadcast<ItemModel> model, Column products, Column some) {
        UDF2<Seq<Integer>, Seq<Integer>, double[]> sum = (numbers, asked) -> {
            float[][] rows = model.value().weights();
            int[] from = numbers(numbers);
            int[] to = numbers(asked);
            double[] scores = new double[to.length];
            for (int k = 0; k < to.length; k++) {
                for (int number : from) {
                    if (number <= rows.length && to[k] <= rows.length) {
                        scores[k] += rows[number - 1][to[k] - 1];
                    }
                }
            }
            return scores;
        };
        return udf(sum, SCORES).apply(products, some);
    }

    private static int[] numbers(Seq<Integer> boxed) {
        int[] numbers = new int[boxed.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = boxed.apply(i);
        }
        return numbers;
    }
}
