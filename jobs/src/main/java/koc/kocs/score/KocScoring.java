package koc.kocs.score;

import static koc.statistics.Fractions.clamp;
import static koc.statistics.Fractions.ratio;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import java.util.List;
import koc.kocs.KocSettings;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/** Scores and ranks the candidates. */
public final class KocScoring {
    private final KocComponents components;
    private final KocStatus status;
    private final KocSettings.Weights weights;

    public KocScoring(KocSettings settings, LocalDate day) {
        this.components = new KocComponents(settings.score(), day);
        this.status = new KocStatus(settings);
        this.weights = settings.score().weights();
    }

    /**
     * KOC grain -> the same rows with components, status, score and rank.
     *
     * @param candidates as {@link KocBaselines#withBaselines} returns them, candidates only
     */
    public Dataset<Row> score(Dataset<Row> candidates) {
        return rank(status.withStatus(components.withComponents(candidates)));
    }

    /**
     * Adds score and rank. {@code score} = sum of weight x component / sum of weights, over the components that are not
     * null. Equal scores rank by influence_low, then pool, then koc_id.
     *
     * <p>Worked: influence .6 (weight .4) and own use .5 (.15), the others null, give .315 / .55 = .57.
     *
     * @param candidates with the components, influence_low and pool_size
     */
    public Dataset<Row> rank(Dataset<Row> candidates) {
        Column weightedSum = lit(0.0);
        Column totalWeight = lit(0.0);
        for (Weighted weighted : weightedComponents()) {
            Column component = col(weighted.component());
            double weight = weighted.weight();
            weightedSum = weightedSum.plus(coalesce(component.multiply(weight), lit(0.0)));
            totalWeight = totalWeight.plus(when(component.isNotNull(), weight).otherwise(0.0));
        }
        Column byScore = row_number()
                .over(Window.orderBy(
                        col("score").desc(),
                        col("influence_low").desc_nulls_last(),
                        col("pool_size").desc(),
                        col("koc_id")));
        return candidates
                .withColumn("score", clamp(coalesce(ratio(weightedSum, totalWeight), lit(0.0))))
                .withColumn("rank", byScore);
    }

    private record Weighted(String component, double weight) {}

    /** The components in a fixed order, because the last bit of a sum of doubles depends on it. */
    private List<Weighted> weightedComponents() {
        return List.of(
                new Weighted("influence", weights.influence()),
                new Weighted("reach_of_strong_ties", weights.reach()),
                new Weighted("own_use", weights.ownUse()),
                new Weighted("content_and_answers", weights.content()),
                new Weighted("persona_consistency", weights.persona()),
                new Weighted("restraint", weights.restraint()),
                new Weighted(KocComponents.SATISFACTION, weights.satisfaction()));
    }
}
