package koc.portraits;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;

/**
 * The latest model of an earlier day, with what is kept from the day of its fit.
 *
 * @param settings fingerprint of the settings of the fit, from portrait_models
 * @param names name of every portrait, newcomers among them
 * @param standings how its portraits stood on that day
 */
record ModelInForce(PortraitModel model, String settings, Map<String, String> names, List<Standing> standings) {

    /** The model that these rows of one model's tables hold; all are bounded by the model's size. */
    static ModelInForce from(Row model, List<Row> scaling, List<Row> centres) {
        Map<String, String> names = new HashMap<>();
        centres.forEach(row -> names.put(row.getAs("portrait_id"), row.getAs("name")));
        return new ModelInForce(
                PortraitModel.from(model, scaling, centres),
                model.getAs("settings"),
                Map.copyOf(names),
                centres.stream()
                        .map(row -> new Standing(row.getAs("portrait_id"), row.getAs("users"), row.getAs("distance")))
                        .toList());
    }
}
