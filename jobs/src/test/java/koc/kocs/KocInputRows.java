package koc.kocs;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import koc.SparkTest;
import koc.tables.FeatureTables;
import koc.tables.FitTables;
import koc.tables.InfluenceTables;
import koc.warehouse.Table;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;

/** Writes the inputs of the kocs job from aligned text tables that name only the columns that matter. */
public abstract class KocInputRows extends SparkTest {
    /** Inputs without a row, for tables that a test does not name. */
    private static final Map<Table, String> NO_ROWS = Map.of(
            InfluenceTables.TIE_STRENGTHS, "koc_id\n",
            InfluenceTables.PURCHASE_CREDITS, "koc_id\n",
            InfluenceTables.KOC_INFLUENCE, "koc_id\n",
            InfluenceTables.KOC_FLAGS, "koc_id\n",
            InfluenceTables.INFLUENCE_PRIORS, "prior_low\n0.25",
            FeatureTables.USER_FEATURES, "user_id\n",
            FitTables.PRODUCT_PROFILE, "product_id\n");

    /** Writes a day's inputs; tables that are not named have no rows, and the prior's lower end is .25. */
    public static void writeInputs(Warehouse warehouse, LocalDate day, Map<Table, String> inputs) {
        NO_ROWS.forEach((table, noRows) -> write(warehouse, table, day, inputs.getOrDefault(table, noRows)));
    }

    /**
     * Writes the rows of a day. The day and as_of are that day. Other columns that are not named and may
     * not be null are 0, false, a dash or 2024-01-01.
     */
    public static void write(Warehouse warehouse, Table table, LocalDate day, String text) {
        Dataset<Row> rows = rows(table, text).na().fill(0).na().fill(false);
        warehouse.write(
                table,
                day,
                rows.selectExpr(Arrays.stream(table.schema().fields())
                        .map(field -> List.of(table.dateColumn(), "as_of").contains(field.name())
                                ? "DATE'" + day + "' AS " + field.name()
                                : value(field))
                        .toArray(String[]::new)));
    }

    private static String value(StructField field) {
        String name = field.name();
        return field.nullable()
                ? name
                : switch (field.dataType().typeName()) {
                    case "string" -> "coalesce(" + name + ", '-') AS " + name;
                    case "timestamp" -> "coalesce(" + name + ", TIMESTAMP'2024-01-01 00:00:00') AS " + name;
                    case "date" -> "coalesce(" + name + ", DATE'2024-01-01') AS " + name;
                    default -> name;
                };
    }
}
