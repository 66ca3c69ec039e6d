package koc.growth;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.time.LocalDate;
import koc.rules.ContentSharing;
import koc.rules.CleanedSources;
import koc.rules.TieHistory;
import koc.spark.Checkpoints;
import koc.tables.CleanTables;
import koc.tables.FeatureTables;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What the growth reports read of the cleaned sources, as of a day.
 *
 * @param events all events up to the day
 * @param users one row per user, with place ({@link Kocs#places}), liked_category and liked_fraction ({@link Kocs#liked})
 * @param products product_id, category (cut)
 * @param ties recorded ties, as {@link koc.rules.OpenTies#withLeaves} returns them
 * @param spans pools over time, as {@link koc.rules.OpenTies#computeSpans} returns them
 * @param sharing who shared which content, as {@link ContentSharing#computeSharers} returns it
 */
record GrowthInputs(
        Dataset<Row> events,
        Dataset<Row> users,
        Dataset<Row> products,
        Dataset<Row> ties,
        Dataset<Row> spans,
        Dataset<Row> sharing) {

    /** Reads the inputs; all but events are cached, for several reports read them. */
    static GrowthInputs read(Warehouse tables, LocalDate day, int categoryDepth, Checkpoints checkpoints) {
        Dataset<Row> events = CleanedSources.events(tables, day);
        TieHistory ties = TieHistory.read(tables, day, events, checkpoints);
        return new GrowthInputs(
                events,
                checkpoints.compute(Kocs.places(tables.readLatest(CleanTables.USERS, day))
                        .join(
                                Kocs.liked(tables.read(FeatureTables.USER_CATEGORIES, day)
                                        .where(col("as_of").equalTo(lit(day)))),
                                new String[] {"user_id"},
                                "left")),
                checkpoints.compute(CleanedSources.productCategories(tables, day, categoryDepth)),
                ties.ties(),
                ties.spans(),
                checkpoints.compute(ContentSharing.computeSharers(events, day)));
    }
}
