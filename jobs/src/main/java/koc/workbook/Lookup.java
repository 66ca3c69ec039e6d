package koc.workbook;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.trim;

import koc.run.JobRun;
import koc.tables.CleanTables;
import koc.tables.FitTables;
import koc.tables.PortraitTables;
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

    /** The nickname of the person whose id is in this column: {@code koc_id} has {@code koc_nickname}. */
    static Lookup person(String id) {
        return new Lookup(id, id.replace("_id", "_nickname"), CleanTables.USERS, "user_id", "nickname", true);
    }

    /** The county where the person lives whose id is in this column; empty where it is not known. */
    static Lookup county(String id) {
        return new Lookup(id, "county", CleanTables.USERS, "user_id", "county", false);
    }

    /** The title of the product. */
    static Lookup product() {
        return new Lookup("product_id", "title", FitTables.PRODUCT_PROFILE, "product_id", "title", true);
    }

    /** The name of the portrait. */
    static Lookup portrait() {
        return new Lookup("portrait_id", "portrait_name", PortraitTables.PORTRAITS, "portrait_id", "name", true);
    }

    /** The rows that its table knows on the day, with the columns that lookups read. */
    Dataset<Row> names(JobRun run) {
        return table.equals(CleanTables.USERS)
                ? run.warehouse().readLatest(table, run.day()).select(key, "nickname", "county")
                : run.warehouse().read(table, run.day()).select(key, value);
    }

    /**
     * Adds the name to the rows; the id where none is known.
     *
     * @param names of {@link #names}
     */
    Dataset<Row> addTo(Dataset<Row> rows, Dataset<Row> names) {
        Column known = nullif(trim(col(name)), lit(""));
        return rows.join(names.select(col(key).as(id), col(value).as(name)), new String[] {id}, "left")
                .withColumn(name, isName ? coalesce(known, col(id)) : known);
    }
}
