package koc.kocs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.time.LocalDate;
import koc.rules.CleanedSources;
import koc.rules.ContentSharing;
import koc.rules.DayWindow;
import koc.rules.RecentCredits;
import koc.spark.Checkpoints;
import koc.tables.CleanTables;
import koc.tables.FeatureTables;
import koc.tables.FitTables;
import koc.tables.InfluenceTables;
import koc.tables.KocTables;
import koc.warehouse.Table;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Reads what the kocs job needs as of a day. */
public final class KocInputs {
    private static final int MAX_WINDOW_DAYS = 365;

    private final Warehouse warehouse;
    private final LocalDate day;
    private final Dataset<Row> products;

    /**
     * The inputs of a day.
     *
     * @param categoryDepth levels of a category path that are kept
     * @param checkpoints for the products, which are read more than once
     */
    public KocInputs(Warehouse warehouse, LocalDate day, int categoryDepth, Checkpoints checkpoints) {
        this.warehouse = warehouse;
        this.day = day;
        this.products = checkpoints.compute(CleanedSources.productCategories(warehouse, day, categoryDepth));
    }

    public LocalDate day() {
        return day;
    }

    /** Whether no KOC was ranked on an earlier day. */
    public boolean isFirstDay() {
        return warehouse.previousDay(KocTables.KOC_RANKING, day).isEmpty();
    }

    /**
     * Events that arrived in the last 365 days. An event arrives on its day or later, so none of the window is missed.
     */
    public Dataset<Row> recentEvents() {
        return events().where(col("arrived").geq(lit(DayWindow.first(day, MAX_WINDOW_DAYS))));
    }

    /** Who shared which content, as {@link ContentSharing#computeSharers} returns it. */
    public Dataset<Row> contentSharing() {
        return ContentSharing.computeSharers(events(), day);
    }

    /** Product id and category, shortened to the levels that are kept. */
    public Dataset<Row> products() {
        return products;
    }

    public Dataset<Row> users() {
        return warehouse.readLatest(CleanTables.USERS, day);
    }

    public Dataset<Row> userFeatures() {
        return read(FeatureTables.USER_FEATURES).where(col("as_of").equalTo(lit(day)));
    }

    public Dataset<Row> userDays() {
        return warehouse.readUpTo(FeatureTables.USER_DAYS, day);
    }

    public Dataset<Row> userProductDays() {
        return warehouse.readUpTo(FeatureTables.USER_PRODUCT_DAYS, day);
    }

    /** Products with the verdict of the quality gate. */
    public Dataset<Row> productProfiles() {
        return read(FitTables.PRODUCT_PROFILE);
    }

    public Dataset<Row> ties() {
        return read(InfluenceTables.TIE_STRENGTHS);
    }

    /** Credits of purchases of the last 90 days. */
    public Dataset<Row> credits() {
        return RecentCredits.readLast90Days(warehouse, day);
    }

    public Dataset<Row> influence() {
        return read(InfluenceTables.KOC_INFLUENCE);
    }

    public Dataset<Row> influencePriors() {
        return read(InfluenceTables.INFLUENCE_PRIORS);
    }

    public Dataset<Row> flags() {
        return read(InfluenceTables.KOC_FLAGS);
    }

    public Dataset<Row> previousRanking() {
        return warehouse.readPrevious(KocTables.KOC_RANKING, day);
    }

    public Dataset<Row> earlierLifecycles() {
        return warehouse.readUpTo(KocTables.KOC_LIFECYCLE, day.minusDays(1));
    }

    private Dataset<Row> events() {
        return CleanedSources.events(warehouse, day);
    }

    private Dataset<Row> read(Table table) {
        return warehouse.read(table, day);
    }
}
