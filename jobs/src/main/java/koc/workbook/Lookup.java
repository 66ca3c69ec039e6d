package koc.workbook;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.trim;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import koc.run.JobRun;
import koc.tables.CardTables;
import koc.tables.CleanTables;
import koc.tables.EconomicsTables;
import koc.tables.FitTables;
import koc.tables.PortraitTables;
import koc.warehouse.PublishedNumbers;
import koc.warehouse.Table;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a sheet shows beside an id, from another table: mostly the name.
 *
 * @param id column of the sheet's table
 * @param name column of the sheet that holds the name
 * @param table that knows the name
 * @param key column of that table with the id
 * @param value column of that table with the name
 * @param isName whether the id stands in where no name is known
 */
record Lookup(String id, String name, Table table, String key, String value, boolean isName) {
    /** Tables with a row per arrival, of which the latest counts. */
    private static final Set<Table> ARRIVING = Set.of(CleanTables.USERS);

    /** The nickname of the person whose id is in this column: {@code koc_id} has {@code koc_nickname}. */
    static Lookup person(String id) {
        return new Lookup(id, id.replace("_id", "_nickname"), CleanTables.USERS, "user_id", "nickname", true);
    }

    /** The county where the person lives whose id is in this column; empty where it is not known. */
    static Lookup county(String id) {
        return new Lookup(id, "county", CleanTables.USERS, "user_id", "county", false);
    }

    /** What koc_economics says of the person; empty for who neither cost anything nor brought anybody. */
    static Lookup economics(String column) {
        return new Lookup("koc_id", column, EconomicsTables.KOC_ECONOMICS, "koc_id", column, false);
    }

    /** What koc_card says of the KOC, instead of a column of the same name: it knows all that other tables know. */
    static Lookup card(String column) {
        return new Lookup("koc_id", column, CardTables.KOC_CARD, "koc_id", column, false);
    }

    /** The title of the product. */
    static Lookup product() {
        return new Lookup("product_id", "title", FitTables.PRODUCT_PROFILE, "product_id", "title", true);
    }

    /** The name of the portrait. */
    static Lookup portrait() {
        return new Lookup("portrait_id", "portrait_name", PortraitTables.PORTRAITS, "portrait_id", "name", true);
    }

    /** The rows that a table knows on the day, with the columns that these lookups read, as they are published. */
    static Dataset<Row> names(Table table, List<Lookup> lookups, JobRun run) {
        Column[] columns = lookups.stream()
                .filter(lookup -> lookup.table().equals(table))
                .flatMap(lookup -> Stream.of(lookup.key(), lookup.value()))
                .distinct()
                .map(name -> col(name))
                .toArray(Column[]::new);
        Dataset<Row> rows = ARRIVING.contains(table)
                ? run.warehouse().readLatest(table, run.day())
                : run.warehouse().read(table, run.day());
        return (table.isPublished() ? PublishedNumbers.round(table, rows) : rows).select(columns);
    }

    /**
     * Adds the name to the rows, in the place of a column of the same name.
     *
     * @param names of {@link #names}
     */
    Dataset<Row> addTo(Dataset<Row> rows, Dataset<Row> names) {
        Dataset<Row> named =
                rows.drop(name).join(names.select(col(key).as(id), col(value).as(name)), new String[] {id}, "left");
        return isName ? named.withColumn(name, coalesce(nullif(trim(col(name)), lit("")), col(id))) : named;
    }
}
