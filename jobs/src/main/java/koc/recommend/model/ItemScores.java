package koc.recommend.model;

import static org.apache.spark.sql.functions.udf;

import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import scala.collection.Seq;

/**
 * Applies the item model to lists of products. Spark SQL has no product of a vector and a matrix. A join would need a
 * row for each product of a pool and each product of the head: too many for thousands of pools. This function adds in
 * place.
 */
public final class ItemScores {
    private static final DataType SCORES = DataTypes.createArrayType(DataTypes.DoubleType, false);

    private ItemScores() {}

    /**
     * Scores every product of the head: an array of the model's size. At product_number - 1 is the sum of weight x
     * model weight over the list.
     *
     * @param products product numbers
     * @param weights the weight of each product in the list
     */
    public static Column scoreAll(Broadcast<ItemModel> model, Column products, Column weights) {
        UDF2<Seq<Integer>, Seq<Double>, double[]> score = (numbers, counts) -> {
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
        return udf(score, SCORES).apply(products, weights);
    }

    /**
     * Scores some products. A product that is in the list itself is scored by the others.
     *
     * @param products product numbers
     * @param scored product numbers to score
     * @return an array, in the order of {@code scored}
     */
    public static Column scoreSome(Broadcast<ItemModel> model, Column products, Column scored) {
        UDF2<Seq<Integer>, Seq<Integer>, double[]> score = (listed, requested) -> {
            float[][] rows = model.value().weights();
            int[] from = numbers(listed);
            int[] to = numbers(requested);
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
        return udf(score, SCORES).apply(products, scored);
    }

    private static int[] numbers(Seq<Integer> boxed) {
        int[] numbers = new int[boxed.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = boxed.apply(i);
        }
        return numbers;
    }
}
