package koc.kocs.score;

import static koc.statistics.Fractions.ratio;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import koc.kocs.features.KocFeatures;
import koc.rules.KocProfile;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Computes which sources exist, and the average rates of all candidates that each KOC is compared with. */
public final class KocBaselines {
    private KocBaselines() {}

    /**
     * Person grain -> the same rows with the baselines. courses_365d becomes null if no training of any candidate is
     * recorded, and new customers if no first purchase is certainly the first ever.
     *
     * @param features {@link KocFeatures#FEATURES}
     * @param priors influence_priors of the day: one row
     * @return added: has_ties, has_courses, has_purchases, has_profiles, has_influence, baseline_response_rate,
     *     baseline_answer_rate, baseline_loss_rate, baseline_rating, baseline_complaint_rate, baseline_approval_rate,
     *     prior_low. A baseline is null if its source is absent.
     */
    public static Dataset<Row> withBaselines(Dataset<Row> features, Dataset<Row> priors) {
        return features.crossJoin(broadcast(computeBaselines(features.where("is_ranked"))))
                .crossJoin(broadcast(priors.agg(max("prior_low").as("prior_low"))))
                .withColumn("courses_365d", when(col("has_courses"), col("courses_365d")))
                .withColumn("new_customers_30d", nullIfUnknown("new_customers_30d"))
                .withColumn("new_customers_60d", nullIfUnknown("new_customers_60d"))
                .withColumn("new_customers_90d", nullIfUnknown("new_customers_90d"));
    }

    private static Column nullIfUnknown(String newCustomers) {
        return when(coalesce(col("has_no_known_first"), lit(false)).equalTo(false), col(newCustomers));
    }

    private static Dataset<Row> computeBaselines(Dataset<Row> candidates) {
        Column losses = sum("muted_or_left_90d");
        Column complaints = sum("pool_complaints");
        return candidates.agg(
                sum("pool_size").gt(0).as("has_ties"),
                sum("courses_365d").gt(0).as("has_courses"),
                count("first_purchase_on").gt(0).as("has_purchases"),
                count_if(KocProfile.isRecorded()).gt(0).as("has_profiles"),
                count("influence_low").gt(0).as("has_influence"),
                ratio(sum("responses_90d"), sum("shares_90d")).as("baseline_response_rate"),
                ratio(sum("answered_inquiries_90d"), sum("inquiries_90d")).as("baseline_answer_rate"),
                when(losses.gt(0), ratio(losses, sum(KocComponents.membersOf90Days())))
                        .as("baseline_loss_rate"),
                ratio(sum("pool_rating_sum"), sum("pool_reviews")).as("baseline_rating"),
                when(complaints.gt(0), ratio(complaints, sum("pool_lines"))).as("baseline_complaint_rate"),
                ratio(sum("products_approved"), sum(KocStatus.productsTried())).as("baseline_approval_rate"));
    }
}
