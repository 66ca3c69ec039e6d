package koc.rules;

import java.time.LocalDate;
import koc.spark.Checkpoints;
import koc.tables.CleanTables;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The ties of all KOCs over time, as known on a day. A KOC is a user or a buyer ({@link Persons}).
 *
 * @param ties recorded ties that end when the user leaves, as {@link OpenTies#withLeaves} returns them: koc_id, user_id,
 *     tie_type, since, until, group_id, scene
 * @param spans pools over time, {@link OpenTies#TIE_SPANS}
 * @param isInferred whether no tie was ever recorded, so that the pools are inferred from events
 */
public record TieHistory(Dataset<Row> ties, Dataset<Row> spans, boolean isInferred) {
    /**
     * Reads the ties as of the day.
     *
     * @param events all events up to the day; leaves in them end ties, and without recorded ties they are the source of ties
     * @param checkpoints caches the ties and the spans
     */
    public static TieHistory read(Warehouse warehouse, LocalDate day, Dataset<Row> events, Checkpoints checkpoints) {
        boolean isInferred = !OpenTies.areRecorded(warehouse, day);
        Dataset<Row> recorded = OpenTies.withLeaves(
                warehouse
                        .readLatest(CleanTables.TIES, day)
                        .select("koc_id", "user_id", "tie_type", "since", "until", "group_id", "scene"),
                events);
        Dataset<Row> spans = isInferred ? OpenTies.inferSpans(events, day) : OpenTies.computeSpans(recorded);
        Dataset<Row> strangers = checkpoints.compute(Persons.findStrangers(
                isInferred ? spans : recorded,
                "koc_id",
                warehouse.readLatest(CleanTables.USERS, day),
                events,
                warehouse.readUpTo(CleanTables.REJECTS, day)));
        Dataset<Row> ties = checkpoints.compute(Persons.removeStrangers(recorded, "koc_id", strangers));
        return new TieHistory(
                ties,
                checkpoints.compute(
                        isInferred ? Persons.removeStrangers(spans, "koc_id", strangers) : OpenTies.computeSpans(ties)),
                isInferred);
    }
}
