package koc.workbook;

import static org.apache.spark.sql.functions.col;

import koc.run.JobRun;
import koc.tables.CleanTables;
import koc.tables.FitTables;
import koc.tables.PortraitTables;
import koc.warehouse.Table;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A name that a sheet shows beside an id.
 *
 * @param id column of the sheet's table
 * @param name column of the sheet that holds the name
 * @param table that knows the name
 * @param key column of that table with the id
 * @param value column of that table with the name
 */
record Lookup(String id, String name, Table table, String key, String value) {

    /** The nickname of the person whose id is in this column: {@code koc_id} has {@code koc_nickname}. */
    static Lookup person(String id) {
        return new Lookup(id, id.replace("_id", "_nickname"), CleanTables.USERS, "user_id", "nickname");
    }

    /** The title of the product. */
    static Lookup product() {
        return new Lookup("product_id", "title", FitTables.PRODUCT_PROFILE, "product_id", "title");
    }

    /** The name of the portrait. */
    static Lookup portrait() {
        return new Lookup("portrait_id", "portrait_name", PortraitTables.PORTRAITS, "portrait_id", "name");
    }

    /** The ids and names that its table knows on the day. */
    Dataset<Row> names(JobRun run) {
        Dataset<Row> known = table.equals(CleanTables.USERS)
                ? run.warehouse().readLatest(table, run.day())
                : run.warehouse().read(table, run.day());
        return known.select(key, value);
    }

    /**
     * Adds the name to the rows; null where none is known.
     *
     * @param names of {@link #names}
     */
    Dataset<Row> addTo(Dataset<Row> rows, Dataset<Row> names) {
        return rows.join(names.select(col(key).as(id), col(value).as(name)), new String[] {id}, "left");
    }
}
