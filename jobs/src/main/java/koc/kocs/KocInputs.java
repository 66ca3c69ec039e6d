package koc.kocs;

import java.time.LocalDate;
import koc.rules.ContentSharing;
import koc.rules.CleanedSources;
import koc.spark.Checkpoints;
import koc.tables.CleanTables;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What the kocs job reads of the cleaned sources, as of a day.
 *
 * @param events all events up to the day
 * @param users one row per user
 * @param products product_id, category (cut)
 * @param sharing who shared which content, as {@link ContentSharing#computeSharers} returns it
 */
record KocInputs(Dataset<Row> events, Dataset<Row> users, Dataset<Row> products, Dataset<Row> sharing) {
    /** Reads the inputs; those that are read several times are cached. */
    static KocInputs read(Warehouse tables, LocalDate day, int categoryDepth, Checkpoints checkpoints) {
        Dataset<Row> events = CleanedSources.events(tables, day);
        return new KocInputs(
                events,
                tables.readLatest(CleanTables.USERS, day),
                checkpoints.compute(CleanedSources.productCategories(tables, day, categoryDepth)),
                ContentSharing.computeSharers(events, day));
    }
}
