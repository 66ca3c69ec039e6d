package koc.recommend.rank;

import static org.apache.spark.sql.functions.broadcast;
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
import koc.recommend.PortraitIndex;
import koc.recommend.RerankSettings;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.StructType;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Turns the scored candidates of each KOC into the KOC's list ({@link GreedyReranker}).
 *
 * @param length products on a list
 */
public record Reranker(PortraitIndex portraits, int length, RerankSettings settings) {
    private static final ArrayType PICKS = new ArrayType(StructType.fromDDL("number INT, step STRING"), false);

    /**
     * Keeps the listed products, and adds score_rank (by score alone), rank (on the list) and promoted_by (the step
     * that promoted it; null when none did).
     *
     * @param scored as {@link OverlapPenalty#apply} returns it, with not_ready_reason ({@link Readiness#mark})
     * @param kocs koc_number, mix
     * @param offers product_number, path, is_new, rates
     */
    public Dataset<Row> rerank(Dataset<Row> scored, Dataset<Row> kocs, Dataset<Row> offers) {
        Dataset<Row> best = Scoring.rankBy(col("score"), scored)
                .withColumnRenamed("rank", "score_rank")
                .where(col("score_rank").leq(length * settings.depth()));
        Dataset<Row> picks = best.select("koc_number", "product_number", "score", "score_rank", "not_ready_reason")
                .join(kocs.select("koc_number", "mix"), new String[] {"koc_number"}, "inner")
                .join(
                        broadcast(offers.select("product_number", "path", "is_new", "rates")),
                        new String[] {"product_number"},
                        "inner")
                .withColumn("rate_of_mix", portraits.rateOfMix())
                .withColumn("fractions", portraits.arrayOf(PortraitIndex::buyerFraction))
                .withColumn("is_ready", col("not_ready_reason").isNull())
                .groupBy("koc_number", "mix")
                .agg(sort_array(collect_list(struct(
                                "score_rank", "product_number", "score", "path", "is_new", "is_ready", "fractions")))
                        .as("candidates"))
                .select(
                        col("koc_number"),
                        posexplode(listPicker(length, settings).apply(col("candidates"), col("mix")))
                                .as(new String[] {"position", "pick"}));
        return best.join(
                picks.select(
                        col("koc_number"),
                        col("pick.number").as("product_number"),
                        col("position").plus(1).as("rank"),
                        nullif(col("pick.step"), lit("")).as("promoted_by")),
                new String[] {"koc_number", "product_number"},
                "inner");
    }

    // A function and not a Column expression: each pick depends on the picks before it.
    private static UserDefinedFunction listPicker(int length, RerankSettings settings) {
        UDF2<Seq<Row>, Seq<Double>, Seq<Row>> pickList = (rows, mix) -> {
            List<GreedyReranker.Candidate> candidates = new ArrayList<>();
            for (Row row : CollectionConverters.asJava(rows)) {
                candidates.add(new GreedyReranker.Candidate(
                        row.getInt(1),
                        row.getDouble(2),
                        row.getString(3),
                        row.getBoolean(4),
                        row.getBoolean(5),
                        numbers(row.getSeq(6))));
            }
            List<Row> picks = GreedyReranker.pickList(candidates, numbers(mix), length, settings).stream()
                    .map(pick -> RowFactory.create(pick.number(), pick.step()))
                    .toList();
            return CollectionConverters.asScala(picks).toSeq();
        };
        return udf(pickList, PICKS);
    }

    private static double[] numbers(Seq<Double> boxed) {
        double[] numbers = new double[boxed.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = boxed.apply(i);
        }
        return numbers;
    }
}
