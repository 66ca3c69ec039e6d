package koc.influence;

import java.time.LocalDate;
import koc.rules.CleanedSources;
import koc.rules.TieHistory;
import koc.spark.Checkpoints;
import koc.tables.CleanTables;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What the influence job reads, as of a day.
 *
 * @param events all events up to the day
 * @param users one row per user
 * @param products product_id, category (cut)
 * @param spans pools over time, as {@link koc.rules.OpenTies#computeSpans} returns them
 * @param isInferred whether no tie was ever recorded, so that pools are inferred
 */
record InfluenceInputs(
        Dataset<Row> events, Dataset<Row> users, Dataset<Row> products, Dataset<Row> spans, boolean isInferred) {

    /**
     * Reads the inputs; all but events are cached, for they are read several times.
     *
     * @param categoryDepth levels of a category path to keep
     */
    static InfluenceInputs read(Warehouse tables, LocalDate day, int categoryDepth, Checkpoints checkpoints) {
        Dataset<Row> events = CleanedSources.events(tables, day);
        TieHistory ties = TieHistory.read(tables, day, events, checkpoints);
        return new InfluenceInputs(
                events,
                checkpoints.compute(tables.readLatest(CleanTables.USERS, day)),
                checkpoints.compute(CleanedSources.productCategories(tables, day, categoryDepth)),
                ties.spans(),
                ties.isInferred());
    }
}
