package koc.recommend;

import static koc.recommend.PortraitOrder.at;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.posexplode;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.udf;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.StructType;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** From the best products of each KOC to a list that suits its pool ({@link GreedyList}). */
final class Reranking {
    private static final ArrayType PICKS = new ArrayType(StructType.fromDDL("number INT, step STRING"), false);

    private Reranking() {}

    /**
     * Adds score_rank (by score alone), rank (on the list) and promoted_by (the step that brought it up; null when none
     * did), and keeps the list.
     *
     * @param scored as {@link Coordination#of} returns it
     * @param kocs koc_number, mix
     * @param offers product_number, path, is_new, rates
     */
    static Dataset<Row> list(
            Dataset<Row> scored,
            Dataset<Row> kocs,
            Dataset<Row> offers,
            PortraitOrder order,
            int length,
            RerankSettings settings) {
        Dataset<Row> best = Ranking.ranked(scored, col("score"))
                .withColumnRenamed("rank", "score_rank")
                .where(col("score_rank").leq(length * settings.depth()));
        Column all = order.shareOfMix();
        Dataset<Row> picks = best.select("koc_number", "product_number", "score", "score_rank")
                .join(kocs.select("koc_number", "mix"), new String[] {"koc_number"}, "inner")
                .join(
                        broadcast(offers.select("product_number", "path", "is_new", "rates")),
                        new String[] {"product_number"},
                        "inner")
                .withColumn("all_rates", nullif(all, lit(0.0)))
                .withColumn(
                        "buyers",
                        order.arrayOf(place -> coalesce(
                                at("mix", place).multiply(at("rates", place)).divide(col("all_rates")),
                                at("mix", place))))
                .groupBy("koc_number", "mix")
                .agg(sort_array(collect_list(
                                struct("score_rank", "product_number", "score", "path", "is_new", "buyers")))
                        .as("candidates"))
                .select(
                        col("koc_number"),
                        posexplode(pick(length, settings).apply(col("candidates"), col("mix")))
                                .as(new String[] {"place", "pick"}));
        return best.join(
                picks.select(
                        col("koc_number"),
                        col("pick.number").as("product_number"),
                        col("place").plus(1).as("rank"),
                        nullif(col("pick.step"), lit("")).as("promoted_by")),
                new String[] {"koc_number", "product_number"},
                "inner");
    }

    // Spark SQL cannot pick one after the other; a pick depends on those before it.
    private static UserDefinedFunction pick(int length, RerankSettings settings) {
        UDF2<Seq<Row>, Seq<Double>, Seq<Row>> pick = (rows, mix) -> {
            List<GreedyList.Candidate> candidates = new ArrayList<>();
            for (Row row : CollectionConverters.asJava(rows)) {
                candidates.add(new GreedyList.Candidate(
                        row.getInt(1), row.getDouble(2), row.getString(3), row.getBoolean(4), numbers(row.getSeq(5))));
            }
            List<Row> picks = GreedyList.pick(candidates, numbers(mix), length, settings).stream()
                    .map(one -> RowFactory.create(one.number(), one.step()))
                    .toList();
            return CollectionConverters.asScala(picks).toSeq();
        };
        return udf(pick, PICKS);
    }

    private static double[] numbers(Seq<Double> boxed) {
        double[] numbers = new double[boxed.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = boxed.apply(i);
        }
        return numbers;
    }
}
