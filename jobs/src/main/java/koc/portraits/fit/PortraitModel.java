package koc.portraits.fit;

import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import koc.portraits.assign.PortraitStatistics;
import koc.portraits.fit.Scaling.ScaledInput;
import koc.portraits.fit.Scaling.Transform;
import koc.portraits.groups.ProductGroups;
import koc.tables.PortraitTables;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;

/**
 * A fitted model: the scaling of its inputs and the centres of its portraits, as its tables store them.
 *
 * @param fittedOn run date of the fit
 * @param centres from the largest portrait to the smallest, without newcomers
 * @param temperature {@link ConfidenceTemperature}, from which the confidence of an assignment follows
 * @param groups the groups of products that were fitted with it, whether its inputs are these groups or categories
 */
public record PortraitModel(
        LocalDate fittedOn,
        String modelId,
        Scaling scaling,
        List<Centre> centres,
        double temperature,
        ProductGroups groups) {

    /** A model without groups of products. */
    public PortraitModel(
            LocalDate fittedOn, String modelId, Scaling scaling, List<Centre> centres, double temperature) {
        this(fittedOn, modelId, scaling, centres, temperature, ProductGroups.NONE);
    }

    /** The id of the model of a day. */
    static String idOf(LocalDate day) {
        return "m" + day.toString().replace("-", "");
    }

    /** The model of a fit. Portraits are numbered from the largest; they keep their number in later runs. */
    public static PortraitModel of(LocalDate day, PortraitClustering.Outcome outcome, ProductGroups groups) {
        String modelId = idOf(day);
        List<Centre> centres = new ArrayList<>();
        double[][] values = outcome.chosen().centres();
        for (int c = 0; c < values.length; c++) {
            centres.add(new Centre(
                    String.format(Locale.ROOT, "%s-%02d", modelId, c + 1),
                    values[c],
                    outcome.chosen().stabilities()[c]));
        }
        return new PortraitModel(
                day,
                modelId,
                outcome.scaling(),
                List.copyOf(centres),
                outcome.temperature().value(),
                groups);
    }

    /** A model without portraits, for a day on which every user is a newcomer. */
    public static PortraitModel withoutPortraits(LocalDate day) {
        return new PortraitModel(day, idOf(day), new Scaling(List.of(), 0), List.of(), 1);
    }

    /** The model from the rows of its three tables: a few dozen to a few hundred rows. */
    public static PortraitModel fromRows(Row model, List<Row> scaling, List<Row> centres) {
        List<ScaledInput> inputs = scaling.stream()
                .sorted(Comparator.comparingInt(row -> row.<Integer>getAs("position")))
                .map(row -> new ScaledInput(
                        row.getAs("input"),
                        row.getAs("prior"),
                        Transform.fromCode(row.getAs("transform")),
                        row.getAs("fill"),
                        row.getAs("lower"),
                        row.getAs("upper"),
                        row.getAs("center"),
                        row.getAs("scale"),
                        row.getAs("weight")))
                .toList();
        List<Centre> storedCentres = centres.stream()
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
                storedCentres,
                model.getDouble(model.fieldIndex("temperature")));
    }

    /** The rows of portrait_scaling. */
    public List<Row> scalingRows() {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < scaling.inputs().size(); i++) {
            ScaledInput input = scaling.inputs().get(i);
            rows.add(RowFactory.create(
                    Date.valueOf(fittedOn),
                    modelId,
                    i,
                    input.input(),
                    input.prior(),
                    input.transform().code(),
                    input.fill(),
                    input.lower(),
                    input.upper(),
                    input.center(),
                    input.scale(),
                    input.weight()));
        }
        return rows;
    }

    /** The same model with other portrait ids. */
    public PortraitModel withPortraitIds(Map<String, String> ids) {
        return new PortraitModel(
                fittedOn,
                modelId,
                scaling,
                centres.stream()
                        .map(centre -> new Centre(
                                ids.getOrDefault(centre.portraitId(), centre.portraitId()),
                                centre.values(),
                                centre.stability()))
                        // Sorted as fromRows sorts them, because the first of two equally near centres wins.
                        .sorted(Comparator.comparing(Centre::portraitId))
                        .toList(),
                temperature,
                groups);
    }

    /** The same model with the groups of products that were fitted with it. */
    public PortraitModel withGroups(ProductGroups fitted) {
        return new PortraitModel(fittedOn, modelId, scaling, centres, temperature, fitted);
    }

    /** What the preferences of users are described by. */
    public Representation representation() {
        return Representation.of(scaling);
    }

    /** The ids of the portraits, without newcomers. */
    public List<String> portraitIds() {
        return centres.stream().map(Centre::portraitId).toList();
    }

    /**
     * The rows of portrait_centres.
     *
     * @param names of all portraits, newcomers included
     * @param statistics of all portraits on the day of the fit
     */
    public List<Row> centreRows(Map<String, String> names, Map<String, PortraitStatistics> statistics) {
        List<Row> rows = new ArrayList<>();
        for (Centre centre : centres) {
            Double[] values = Arrays.stream(centre.values()).boxed().toArray(Double[]::new);
            rows.add(centreRow(centre.portraitId(), values, centre.stability(), names, statistics));
        }
        rows.add(centreRow(PortraitTables.NEWCOMERS, null, null, names, statistics));
        return rows;
    }

    private Row centreRow(
            String portrait,
            Double @Nullable [] values,
            @Nullable Double stability,
            Map<String, String> names,
            Map<String, PortraitStatistics> statistics) {
        PortraitStatistics atFit = statistics.getOrDefault(portrait, new PortraitStatistics(portrait, 0, 0));
        return RowFactory.create(
                Date.valueOf(fittedOn),
                modelId,
                portrait,
                values,
                stability,
                names.getOrDefault(portrait, portrait),
                atFit.users(),
                atFit.meanDistance());
    }

    /** The rows of portrait_votes. */
    public List<Row> voteRows(PortraitClustering.Outcome outcome) {
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
