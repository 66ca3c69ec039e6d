package koc.influence;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

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
 * @param products product_id, category (truncated)
 * @param refunds refunds up to the day
 * @param ties ties over time, recorded or inferred: {@link koc.rules.OpenTies#TIE_SPANS}
 * @param isInferred whether no tie was ever recorded, so that ties are inferred from events
 */
public record InfluenceInputs(
        Dataset<Row> events,
        Dataset<Row> users,
        Dataset<Row> products,
        Dataset<Row> refunds,
        Dataset<Row> ties,
        boolean isInferred) {

    /**
     * Reads the inputs. All but events and refunds are cached, because they are read several times.
     *
     * @param categoryDepth levels of a category path to keep
     */
    public static InfluenceInputs read(Warehouse warehouse, LocalDate day, int categoryDepth, Checkpoints checkpoints) {
        Dataset<Row> events = CleanedSources.events(warehouse, day);
        TieHistory history = TieHistory.read(warehouse, day, events, checkpoints);
        return new InfluenceInputs(
                events,
                checkpoints.compute(warehouse.readLatest(CleanTables.USERS, day)),
                checkpoints.compute(CleanedSources.productCategories(warehouse, day, categoryDepth)),
                warehouse.readUpTo(CleanTables.REFUNDS, day),
                history.spans(),
                history.isInferred());
    }

    /** The events of a day and of all days after it. */
    public Dataset<Row> eventsSince(LocalDate day) {
        return events.where(col("day").geq(lit(day)));
    }
}
