package koc.portraits;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;

import java.time.LocalDate;
import koc.portraits.assign.PortraitAssignment;
import koc.portraits.fit.PortraitModel;
import koc.spark.Checkpoints;
import koc.tables.FeatureTables;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The users of a run, as of the run date and as of the last day before the holdout.
 *
 * @param features user_features of the run, without accounts that look shared
 * @param categories user_categories of the run, of all accounts
 * @param lastDayBeforeHoldout the run date when the history is too short for a holdout
 * @param checkpoints released at the end of the run
 */
public record PortraitInputs(
        Dataset<Row> features, Dataset<Row> categories, LocalDate lastDayBeforeHoldout, Checkpoints checkpoints) {

    /** Reads the inputs of a run. */
    public static PortraitInputs read(Warehouse warehouse, LocalDate day, Checkpoints checkpoints) {
        Dataset<Row> features = warehouse.read(FeatureTables.USER_FEATURES, day).where("NOT is_likely_shared");
        return new PortraitInputs(
                features, warehouse.read(FeatureTables.USER_CATEGORIES, day), earliestAsOf(features), checkpoints);
    }

    /** The earliest as-of date among the features of a run, which is the last day before the holdout. */
    private static LocalDate earliestAsOf(Dataset<Row> features) {
        return features.agg(min("as_of")).head().getDate(0).toLocalDate();
    }

    public Dataset<Row> featuresAsOf(LocalDate asOf) {
        return features.where(col("as_of").equalTo(lit(asOf)));
    }

    /** The categories of one date, of all accounts. */
    public Dataset<Row> categoriesAsOf(LocalDate asOf) {
        return categories.where(col("as_of").equalTo(lit(asOf)));
    }

    /** The features of one date with each user's attention by category, which is what models read. */
    public Dataset<Row> usersWithAttention(LocalDate asOf) {
        return PortraitAssignment.withAttention(featuresAsOf(asOf), categoriesAsOf(asOf));
    }

    /** Every user's portrait under a model: {@link PortraitAssignment#ASSIGNMENTS}. */
    public Dataset<Row> assign(PortraitModel model, LocalDate asOf) {
        return PortraitAssignment.assign(usersWithAttention(asOf), model);
    }

    /** As {@link #assign}, cached because the job computes most of its tables from it. */
    public Dataset<Row> assignCached(PortraitModel model, LocalDate asOf) {
        return checkpoints.cache(assign(model, asOf));
    }
}
