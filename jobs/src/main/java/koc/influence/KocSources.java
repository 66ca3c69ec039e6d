package koc.influence;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.time.LocalDate;
import koc.rules.CategoryPath;
import koc.rules.OpenTies;
import koc.run.Interim;
import koc.run.JobRun;
import koc.table.CleanTables;
import koc.table.FeatureTables;
import koc.table.Tables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What all parts of the kocs job work on, each read once; all but events are held, for they are read again and again.
 *
 * @param events all events up to the day
 * @param users one row per user, with place ({@link Kocs#places}), liked_category and liked_share ({@link Kocs#liked})
 * @param products product_id, category (cut, {@link koc.rules.Absent#NONE} without one)
 * @param ties recorded ties as of the day, as {@link OpenTies#withLeaves} returns them: koc_id, user_id, tie_type,
 *     since, until, group_id, scene
 * @param spans pools over time, as {@link OpenTies#spans} returns them
 * @param sharing who shared which content, as {@link Contents#sharing} returns it
 * @param isInferred whether no tie was ever recorded, so that the pools are those who came through somebody's shares
 */
record KocSources(
        Dataset<Row> events,
        Dataset<Row> users,
        Dataset<Row> products,
        Dataset<Row> ties,
        Dataset<Row> spans,
        Dataset<Row> sharing,
        boolean isInferred) {

    /**
     * The sources as of the run's day.
     *
     * @param categoryDepth levels of a category path that are told apart
     */
    static KocSources read(JobRun run, int categoryDepth, Interim interim) {
        Tables tables = run.tables();
        LocalDate day = run.day();
        Dataset<Row> events =
                tables.readUpTo(CleanTables.EVENTS, day).where(col("day").leq(lit(day)));
        boolean isInferred = !OpenTies.areRecorded(tables, day);
        Dataset<Row> ties = interim.of(OpenTies.withLeaves(
                tables.readLatest(CleanTables.TIES, day)
                        .select("koc_id", "user_id", "tie_type", "since", "until", "group_id", "scene"),
                events));
        return new KocSources(
                events,
                interim.of(Kocs.places(tables.readLatest(CleanTables.USERS, day))
                        .join(
                                Kocs.liked(tables.read(FeatureTables.USER_CATEGORIES, day)
                                        .where(col("as_of").equalTo(lit(day)))),
                                new String[] {"user_id"},
                                "left")),
                interim.of(tables.readLatest(CleanTables.PRODUCTS, day)
                        .select(
                                col("product_id"),
                                CategoryPath.cut(col("category"), categoryDepth).as("category"))),
                ties,
                interim.of(isInferred ? OpenTies.inferredSpans(events, day) : OpenTies.spans(ties)),
                interim.of(Contents.sharing(events, day)),
                isInferred);
    }
}
