package koc.portraits.fit;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import koc.portraits.assign.PortraitStatistics;
import koc.portraits.groups.ProductGroups;
import koc.tables.PortraitTables;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Row;

/**
 * The newest model of an earlier day, with the names and statistics of its portraits on the day of its fit.
 *
 * @param settingsAsJson settings of the fit, as portrait_models stores them
 * @param names name of every portrait, newcomers included
 * @param statistics size and mean distance of every portrait on the day of the fit
 */
public record PreviousModel(
        PortraitModel model, String settingsAsJson, Map<String, String> names, List<PortraitStatistics> statistics) {

    /** Reads the newest model that was fitted before a day; empty when there is none. */
    public static Optional<PreviousModel> read(Warehouse warehouse, LocalDate day) {
        return warehouse
                .previousDay(PortraitTables.PORTRAIT_MODELS, day)
                .map(fittedOn -> fromRows(
                        warehouse.read(PortraitTables.PORTRAIT_MODELS, fittedOn).head(),
                        warehouse
                                .read(PortraitTables.PORTRAIT_SCALING, fittedOn)
                                .collectAsList(),
                        warehouse
                                .read(PortraitTables.PORTRAIT_CENTRES, fittedOn)
                                .collectAsList(),
                        warehouse
                                .readUpTo(PortraitTables.PRODUCT_GROUPS, fittedOn)
                                .where(col("day").equalTo(lit(fittedOn)).and(col("is_fitted")))
                                .collectAsList()));
    }

    /** The model from the rows of its tables: a few hundred rows, and one per grouped product. */
    private static PreviousModel fromRows(Row model, List<Row> scaling, List<Row> centres, List<Row> groups) {
        Map<String, String> names = new HashMap<>();
        centres.forEach(row -> names.put(row.getAs("portrait_id"), row.getAs("name")));
        return new PreviousModel(
                PortraitModel.fromRows(model, scaling, centres).withGroups(ProductGroups.fromRows(groups)),
                model.getAs("settings"),
                Map.copyOf(names),
                centres.stream()
                        .map(row -> new PortraitStatistics(
                                row.getAs("portrait_id"), row.getAs("users"), row.getAs("mean_distance")))
                        .toList());
    }
}
