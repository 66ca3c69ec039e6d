package koc.recommend.features;

import koc.recommend.pools.TrafficPools;
import koc.recommend.products.Offers;
import koc.recommend.products.RecentPopularity;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * KOCs, products and the features of each candidate (a product on the shortlist of a KOC's pool), as of one day. The
 * model is trained on snapshots, each of the day before a holdout, and applied to one of the run date. All are computed
 * by the same code.
 *
 * @param kocs {@link TrafficPools#KOCS} with lifts
 * @param members koc_number, user_id, portrait_index, owned_products,
 *     first_purchase_activity, repurchase_activity: the members of their pools
 * @param offers as {@link Offers#select} returns them, with the columns of {@link RecentPopularity#addTo}
 * @param owned user_id, product_number, is_due
 * @param hasNewProducts whether any product may be new ({@link SnapshotInputs#hasLaunchWithin})
 * @param features as {@link CandidateFeatures#compute} returns them
 */
public record FeatureSnapshot(
        Dataset<Row> kocs,
        Dataset<Row> members,
        Dataset<Row> offers,
        Dataset<Row> owned,
        boolean hasNewProducts,
        Dataset<Row> features) {}
