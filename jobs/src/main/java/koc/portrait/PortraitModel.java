package koc.portrait;

import static org.apache.spark.sql.functions.col;

import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import koc.portrait.Scaling.ScaledInput;
import koc.portrait.Scaling.Transform;
import koc.table.PortraitTables;
import koc.text.Texts;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

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
    static PortraitModel from(Row model, Dataset<Row> scaling, Dataset<Row> centres) {
        List<ScaledInput> inputs = scaling.orderBy("position").collectAsList().stream()
                .map(row -> new ScaledInput(
                        row.getString(row.fieldIndex("input")),
                        row.isNullAt(row.fieldIndex("prior")) ? null : row.getDouble(row.fieldIndex("prior")),
                        Transform.of(row.getString(row.fieldIndex("transform"))),
                        row.getDouble(row.fieldIndex("fill")),
                        row.getDouble(row.fieldIndex("lower")),
                        row.getDouble(row.fieldIndex("upper")),
                        row.getDouble(row.fieldIndex("center")),
                        row.getDouble(row.fieldIndex("scale")),
                        row.getDouble(row.fieldIndex("weight"))))
                .toList();
        List<Centre> found = centres.where(col("centre").isNotNull()).orderBy("portrait_id").collectAsList().stream()
                .map(row -> new Centre(
                        row.getString(row.fieldIndex("portrait_id")),
                        row.<Double>getList(row.fieldIndex("centre")).stream()
                                .mapToDouble(value -> value)
                                .toArray(),
                        row.getDouble(row.fieldIndex("stability"))))
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

    /** The rows of portrait_centres. */
    List<Row> centreRows(Map<String, PortraitNames.Naming> namings, Texts texts) {
        List<Row> rows = new ArrayList<>();
        for (Centre centre : centres) {
            PortraitNames.Naming naming = namings.getOrDefault(centre.portraitId(), PortraitNames.EMPTY);
            rows.add(RowFactory.create(
                    Date.valueOf(fittedOn),
                    modelId,
                    centre.portraitId(),
                    Arrays.stream(centre.values()).boxed().toArray(Double[]::new),
                    centre.stability(),
                    naming.name().isEmpty() ? centre.portraitId() : naming.name()));
        }
        rows.add(RowFactory.create(
                Date.valueOf(fittedOn), modelId, PortraitTables.NEWCOMERS, null, null, texts.text("name.newcomers")));
        return rows;
    }

    /** The rows of portrait_votes. */
    List<Row> voteRows(PortraitFit.Outcome outcome) {
        return outcome.candidates().stream()
                .map(candidate -> RowFactory.create(
                        Date.valueOf(fittedOn),
                        modelId,
                        candidate.portraits(),
                        candidate.stability(),
                        candidate.leastStability(),
                        candidate.silhouette(),
                        candidate.predictiveGain(),
                        candidate.smallestShare(),
                        candidate.score(),
                        candidate.portraits() == outcome.chosen().portraits()))
                .toList();
    }
}
