package koc.portraits;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;

import java.time.LocalDate;
import koc.portraits.assign.PortraitAssignment;
import koc.portraits.fit.PortraitModel;
import koc.portraits.fit.Representation;
import koc.portraits.groups.ProductAttention;
import koc.portraits.groups.ProductGroups;
import koc.spark.Checkpoints;
import koc.tables.FeatureTables;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The users of a run, as of the run date and as of the last day before the holdout.
 *
 * @param features user_features of the run, without likely joint accounts
 * @param categories user_categories of the run, of all accounts
 * @param productDays user_product_days up to the run date
 * @param lastDayBeforeHoldout the run date when the history is too short for a holdout
 * @param interestWeight weight of a sign of interest, compared with 1 for a purchase
 * @param checkpoints released at the end of the run
 */
public record PortraitInputs(
        Dataset<Row> features,
        Dataset<Row> categories,
        Dataset<Row> productDays,
        LocalDate lastDayBeforeHoldout,
        double interestWeight,
        Checkpoints checkpoints) {

    /** Reads the inputs of a run. */
    public static PortraitInputs read(
            Warehouse warehouse, LocalDate day, double interestWeight, Checkpoints checkpoints) {
        Dataset<Row> features = warehouse.read(FeatureTables.USER_FEATURES, day).where("NOT is_likely_joint_account");
        return new PortraitInputs(
                features,
                warehouse.read(FeatureTables.USER_CATEGORIES, day),
                warehouse.readUpTo(FeatureTables.USER_PRODUCT_DAYS, day),
                earliestAsOf(features),
                interestWeight,
                checkpoints);
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

    /** The features of one date with each user's attention by category. */
    public Dataset<Row> usersWithAttention(LocalDate asOf) {
        return PortraitAssignment.withAttention(featuresAsOf(asOf), categoriesAsOf(asOf));
    }

    /** The features of one date with each user's attention to what a model distinguishes: categories, groups or both. */
    private Dataset<Row> usersWithAttention(PortraitModel model, LocalDate asOf) {
        return switch (model.representation()) {
            case CATEGORIES -> usersWithAttention(asOf);
            case GROUPS -> PortraitAssignment.withAttention(featuresAsOf(asOf), groupsAsOf(model.groups(), asOf, 1));
            case BOTH ->
                PortraitAssignment.withAttention(
                        featuresAsOf(asOf),
                        categoriesAsOf(asOf)
                                .select(
                                        col("user_id"),
                                        col("category"),
                                        col("weight")
                                                .multiply(Representation.HALF)
                                                .as("weight"))
                                .unionByName(groupsAsOf(model.groups(), asOf, Representation.HALF)));
        };
    }

    /** Attention to groups of products as of one date, times a factor: user_id, category, weight. */
    private Dataset<Row> groupsAsOf(ProductGroups groups, LocalDate asOf, double factor) {
        return ProductAttention.byGroup(productAttention(asOf), groups.mapping(features.sparkSession()))
                .withColumn("weight", col("weight").multiply(factor));
    }

    /** Attention to products as of one date: {@link ProductAttention#PRODUCTS}. */
    public Dataset<Row> productAttention(LocalDate asOf) {
        return ProductAttention.compute(productDays, asOf, interestWeight);
    }

    /** Every user's portrait under a model: {@link PortraitAssignment#ASSIGNMENTS}. */
    public Dataset<Row> assign(PortraitModel model, LocalDate asOf) {
        return PortraitAssignment.assign(usersWithAttention(model, asOf), model);
    }

    /** As {@link #assign}, cached because the job computes most of its tables from it. */
    public Dataset<Row> assignCached(PortraitModel model, LocalDate asOf) {
        return checkpoints.cache(assign(model, asOf));
    }
}
