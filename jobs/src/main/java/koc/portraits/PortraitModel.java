package koc.portraits;

import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import koc.portraits.Scaling.ScaledInput;
import koc.portraits.Scaling.Transform;
import koc.tables.PortraitTables;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;

/**
 * A fitted model as its small tables hold it.
 *
 * @param fittedOn run date of the fit
 * @param centres from the largest portrait to the smallest, newcomers not among them
 */
record PortraitModel(LocalDate fittedOn, String modelId, Scaling scaling, List<Centre> centres) {

    /** The model of an outcome; portraits are numbered from the largest, once and for all. */
    static PortraitModel of(LocalDate day, PortraitFit.Outcome outcome) {
        String modelId = "m" + day.toString().replace("-", "");
        List<Centre> centres = new ArrayList<>();
        double[][] values = outcome.chosen().centres();
        for (int c = 0; c < values.length; c++) {
            centres.add(new Centre(
                    String.format(Locale.ROOT, "%s-%02d", modelId, c + 1),
                    values[c],
                    outcome.chosen().stabilities()[c]));
        }
        return new PortraitModel(day, modelId, outcome.scaling(), List.copyOf(centres));
    }

    /** A model for users of whom none has enough activity: all are newcomers. */
    static PortraitModel withoutPortraits(LocalDate day) {
        return new PortraitModel(day, "m" + day.toString().replace("-", ""), new Scaling(List.of(), 0), List.of());
    }

    /** The model that these rows of one model's tables hold; both are bounded by the model's size. */
    static PortraitModel from(Row model, List<Row> scaling, List<Row> centres) {
        List<ScaledInput> inputs = scaling.stream()
                .sorted(Comparator.comparingInt(row -> row.<Integer>getAs("position")))
                .map(row -> new ScaledInput(
                        row.getAs("input"),
                        row.getAs("prior"),
                        Transform.of(row.getAs("transform")),
                        row.getAs("fill"),
                        row.getAs("lower"),
                        row.getAs("upper"),
                        row.getAs("center"),
                        row.getAs("scale"),
                        row.getAs("weight")))
                .toList();
        List<Centre> found = centres.stream()
                .filter(row -> !row.isNullAt(row.fieldIndex("centre")))
                .sorted(Comparator.comparing(row -> row.<String>getAs("portrait_id")))
                .map(row -> new Centre(
                        row.getAs("portrait_id"),
                        row.<Double>getList(row.fieldIndex("centre")).stream()
                                .mapToDouble(value -> value)
                                .toArray(),
                        row.getAs("stability")))
                .toList();
        return new PortraitModel(
                model.getDate(model.fieldIndex("day")).toLocalDate(),
                model.getString(model.fieldIndex("model_id")),
                new Scaling(inputs, model.getDouble(model.fieldIndex("prior_weight"))),
                found);
    }

    /** The rows of portrait_scaling. */
    List<Row> scalingRows() {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < scaling.inputs().size(); i++) {
            ScaledInput input = scaling.inputs().get(i);
            rows.add(RowFactory.create(
                    Date.valueOf(fittedOn),
                    modelId,
                    i,
                    input.input(),
                    input.prior(),
                    input.transform().word(),
                    input.fill(),
                    input.lower(),
                    input.upper(),
                    input.center(),
                    input.scale(),
                    input.weight()));
        }
        return rows;
    }

    /** The same with other ids of portraits. */
    PortraitModel renamed(Map<String, String> ids) {
        return new PortraitModel(
                fittedOn,
                modelId,
                scaling,
                centres.stream()
                        .map(centre -> new Centre(
                                ids.getOrDefault(centre.portraitId(), centre.portraitId()),
                                centre.values(),
                                centre.stability()))
                        // As the tables are read: between equally near centres the first wins.
                        .sorted(Comparator.comparing(Centre::portraitId))
                        .toList());
    }

    /** The ids of the portraits, newcomers not among them. */
    List<String> portraitIds() {
        return centres.stream().map(Centre::portraitId).toList();
    }

    /**
     * The rows of portrait_centres.
     *
     * @param names of all portraits, newcomers among them
     * @param standings how the portraits stand on the day of the fit
     */
    List<Row> centreRows(Map<String, String> names, Map<String, Standing> standings) {
        List<Row> rows = new ArrayList<>();
        for (Centre centre : centres) {
            Double[] values = Arrays.stream(centre.values()).boxed().toArray(Double[]::new);
            rows.add(centreRow(centre.portraitId(), values, centre.stability(), names, standings));
        }
        rows.add(centreRow(PortraitTables.NEWCOMERS, null, null, names, standings));
        return rows;
    }

    private Row centreRow(
            String portrait,
            Double @Nullable [] values,
            @Nullable Double stability,
            Map<String, String> names,
            Map<String, Standing> standings) {
        Standing standing = standings.getOrDefault(portrait, new Standing(portrait, 0, 0));
        return RowFactory.create(
                Date.valueOf(fittedOn),
                modelId,
                portrait,
                values,
                stability,
                names.getOrDefault(portrait, portrait),
                standing.users(),
                standing.distance());
    }

    /** The rows of portrait_votes. */
    List<Row> voteRows(PortraitFit.Outcome outcome) {
        return outcome.candidates().stream()
                .map(candidate -> RowFactory.create(
                        Date.valueOf(fittedOn),
                        modelId,
                        candidate.portraits(),
                        candidate.stability(),
                        candidate.minStability(),
                        candidate.silhouette(),
                        candidate.predictiveGain(),
                        candidate.minUserFraction(),
                        candidate.score(),
                        candidate.portraits() == outcome.chosen().portraits()))
                .toList();
    }
}
