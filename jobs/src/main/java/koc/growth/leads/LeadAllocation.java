package koc.growth.leads;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_position;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sequence;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import koc.growth.GrowthSettings;
import koc.rules.KocType;
import koc.tables.PortraitTables;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Finds KOCs for users who have not engaged with one: by store, county, category and portrait.
 *
 * <p>Each user goes to at most one KOC of each source: one employee or guide of their store; one KOC of their county
 * whose pool is mainly of their portrait; one of their county who shares their category; one of their county; and one
 * anywhere whose pool is mainly of their portrait. Within a source the best users go to the KOCs in turn ({@link
 * RoundRobinAllocation}), and a KOC with twice the capacity has twice the turns.
 *
 * @param leads settings of acquisition leads
 */
record LeadAllocation(GrowthSettings.Leads leads) {
    /** In a county all users are allocated, because excluded pairs are removed later. */
    private static final long NO_LIMIT = 1_000_000_000;

    /** A portrait has more users than its KOCs can acquire; this many per lead are enough. */
    private static final long USERS_PER_LEAD = 3;

    private static final List<Column> USER_ORDER = List.of(
            col("kocs").gt(0).asc(),
            col("priority").asc(),
            spend().desc(),
            col("user_id").asc());
    private static final List<Column> TURN_ORDER = List.of(
            col("turn").asc(), col("score").desc_nulls_last(), col("koc_id").asc());

    /**
     * Candidates -> one row per KOC, user and source, with koc_id, found_by, distance (2 for the nearest source) and
     * priority of the scene.
     *
     * @param candidates {@link AcquisitionLeads#CANDIDATES}
     * @param recruiters as {@link LeadCapacity#measure} returns them
     */
    Dataset<Row> allocate(Dataset<Row> candidates, Dataset<Row> recruiters) {
        return allocate(withSources(candidates, nearby()), withTurns(recruiters, nearbyGroups()), NO_LIMIT)
                .unionByName(allocate(
                        withSources(candidates, anywhere()),
                        withTurns(recruiters, array(portraitGroup(col("main_portrait_id")))),
                        USERS_PER_LEAD));
    }

    private static Dataset<Row> allocate(Dataset<Row> users, Dataset<Row> turns, long usersPerTurn) {
        return RoundRobinAllocation.allocate(users, USER_ORDER, turns, TURN_ORDER, usersPerTurn)
                .drop("turn", "score")
                .where(col("koc_id").notEqual(col("user_id")));
    }

    /** Adds priority: the position of the scene in the configured order, 1 for the first. */
    Dataset<Row> withPriority(Dataset<Row> rows) {
        Column scenes = array(leads.scenes().stream().map(scene -> lit(scene)).toArray(Column[]::new));
        return rows.withColumn("priority", array_position(scenes, col("scene")));
    }

    static Column spend() {
        return coalesce(col("net_spend_365d"), lit(0));
    }

    private Column nearby() {
        Column similarGroup = when(lit(leads.scenes().contains("similar_group")), "similar_group");
        return array(
                source("store", 2, storeGroup(), col("scene")),
                source("county_portrait", 3, inCounty("portrait", portrait(col("portrait_id"))), col("scene")),
                source("category", 4, inCounty("category", col("category")), similarGroup),
                source("county", 5, col("region"), col("scene")));
    }

    private static Column anywhere() {
        return array(source("portrait", 6, portraitGroup(col("portrait_id")), col("scene")));
    }

    private static Column nearbyGroups() {
        return array(
                when(KocType.isStaff(col("koc_type")), storeGroup()),
                inCounty("portrait", portrait(col("main_portrait_id"))),
                inCounty("category", col("main_category")),
                col("region"));
    }

    /** One row per user and source that applies. */
    private Dataset<Row> withSources(Dataset<Row> candidates, Column sources) {
        return withPriority(candidates
                .withColumn("source", explode(sources))
                .where("source.allocation_group IS NOT NULL AND source.scene IS NOT NULL")
                .withColumn(RoundRobinAllocation.GROUP, col("source.allocation_group"))
                .withColumn("scene", col("source.scene"))
                .withColumn("found_by", col("source.found_by"))
                .withColumn("distance", col("source.distance"))
                .drop("source"));
    }

    private static Column source(String foundBy, int distance, Column group, Column scene) {
        return struct(
                lit(foundBy).as("found_by"),
                lit(distance).as("distance"),
                group.as(RoundRobinAllocation.GROUP),
                scene.as("scene"));
    }

    /** KOCs -> one row per KOC, group they recruit in, and turn: as many turns as leads. */
    private static Dataset<Row> withTurns(Dataset<Row> recruiters, Column groups) {
        return recruiters
                .select(
                        col("koc_id"),
                        col("score"),
                        col("max_leads"),
                        explode(groups).as(RoundRobinAllocation.GROUP))
                .where(col(RoundRobinAllocation.GROUP).isNotNull())
                .withColumn("turn", explode(sequence(lit(1), col("max_leads"))))
                .drop("max_leads");
    }

    private static Column storeGroup() {
        return when(col("store_id").isNotNull(), concat_ws(" # ", lit("store"), col("store_id")));
    }

    /** The key of a county and a value; null without either. The kind keeps values of different kinds apart. */
    private static Column inCounty(String kind, Column value) {
        return when(
                col("region").isNotNull().and(value.isNotNull()), concat_ws(" # ", col("region"), lit(kind), value));
    }

    private static Column portraitGroup(Column portraitId) {
        return when(portrait(portraitId).isNotNull(), concat_ws(" # ", lit("portrait"), portraitId));
    }

    /** Null for newcomers, who are not alike. */
    private static Column portrait(Column portraitId) {
        return when(portraitId.notEqual(PortraitTables.NEWCOMERS), portraitId);
    }
}
