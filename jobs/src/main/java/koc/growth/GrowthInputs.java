package koc.growth;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.time.LocalDate;
import koc.rules.CleanedSources;
import koc.rules.ContentSharing;
import koc.rules.KnownHistory;
import koc.rules.RecentCredits;
import koc.rules.TieHistory;
import koc.spark.Checkpoints;
import koc.tables.CleanTables;
import koc.tables.FeatureTables;
import koc.tables.FitTables;
import koc.tables.InfluenceTables;
import koc.tables.KocTables;
import koc.tables.PortraitTables;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** All that the growth reports read from the warehouse, as of one day. */
public final class GrowthInputs {
    /** All events up to the day; not cached. */
    public final Dataset<Row> events;
    /** Users as {@link GrowthUsers#describe} returns them. */
    public final Dataset<Row> users;
    /** product_id and category, truncated to the configured depth. */
    public final Dataset<Row> products;
    /** product_id of products that fail the quality gate of the day. */
    public final Dataset<Row> refusedProducts;
    /** product_id and title of the products of the day. */
    public final Dataset<Row> titles;
    /** Ties and pools over time, recorded or inferred. */
    public final TieHistory ties;
    /** Sharers of content, as {@link ContentSharing#computeSharers} returns them. */
    public final Dataset<Row> sharing;
    /** tie_strengths of the day. */
    public final Dataset<Row> tieStrengths;
    /** user_portraits of the day. */
    public final Dataset<Row> portraits;
    /** purchase_credits of the last 90 days. */
    public final Dataset<Row> credits;
    /** koc_ranking of the day. */
    public final Dataset<Row> ranking;
    /** koc_lifecycle of the day. */
    public final Dataset<Row> lifecycle;
    /** user_features as of the day. */
    public final Dataset<Row> features;
    /** user_days up to the day. */
    public final Dataset<Row> userDays;
    /** The days that the records cover. */
    public final KnownHistory history;
    /** user_product_days up to the day. */
    public final Dataset<Row> productDays;

    /** Reads the inputs. Those that several reports read are cached. */
    public GrowthInputs(Warehouse warehouse, LocalDate day, int categoryDepth, Checkpoints checkpoints) {
        events = CleanedSources.events(warehouse, day);
        ties = TieHistory.read(warehouse, day, events, checkpoints);
        users = checkpoints.compute(GrowthUsers.describe(
                warehouse.readLatest(CleanTables.USERS, day),
                asOf(warehouse.read(FeatureTables.USER_CATEGORIES, day), day)));
        products = checkpoints.compute(CleanedSources.productCategories(warehouse, day, categoryDepth));
        Dataset<Row> profiles = warehouse.read(FitTables.PRODUCT_PROFILE, day);
        refusedProducts = profiles.where("quality_gate <> 'pass'").select("product_id");
        titles = profiles.select("product_id", "title");
        sharing = checkpoints.compute(ContentSharing.computeSharers(events, day));
        tieStrengths = warehouse.read(InfluenceTables.TIE_STRENGTHS, day);
        portraits = warehouse.read(PortraitTables.USER_PORTRAITS, day);
        credits = RecentCredits.readLast90Days(warehouse, day);
        ranking = warehouse.read(KocTables.KOC_RANKING, day);
        lifecycle = warehouse.read(KocTables.KOC_LIFECYCLE, day);
        features = asOf(warehouse.read(FeatureTables.USER_FEATURES, day), day);
        userDays = warehouse.readUpTo(FeatureTables.USER_DAYS, day);
        history = KnownHistory.read(userDays, day);
        productDays = warehouse.readUpTo(FeatureTables.USER_PRODUCT_DAYS, day);
    }

    private static Dataset<Row> asOf(Dataset<Row> rows, LocalDate day) {
        return rows.where(col("as_of").equalTo(lit(day)));
    }
}
