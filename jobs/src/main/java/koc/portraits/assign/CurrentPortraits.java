package koc.portraits.assign;

import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import koc.portraits.fit.PortraitModel;
import koc.portraits.fit.PreviousModel;
import koc.portraits.transitions.ClusterTransitions;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Today's model and every user's portrait under it.
 *
 * @param previous the previous model; empty at the first fit
 * @param transitions what became of the portraits of the previous model
 * @param assignments {@link PortraitAssignment#ASSIGNMENTS} of the run date
 * @param statistics size and mean distance of every portrait by id, newcomers included
 * @param modelRow the row of portrait_models; empty unless the model was fitted today
 */
public record CurrentPortraits(
        PortraitModel model,
        Optional<PreviousModel> previous,
        ClusterTransitions transitions,
        Dataset<Row> assignments,
        Map<String, PortraitStatistics> statistics,
        Optional<Row> modelRow) {

    /** Statistics of the assignments by portrait id. */
    public static Map<String, PortraitStatistics> statisticsById(Dataset<Row> assignments) {
        return PortraitAssignment.statistics(assignments).stream()
                .collect(Collectors.toMap(PortraitStatistics::portraitId, portrait -> portrait));
    }

    public boolean isFittedOn(LocalDate day) {
        return model.fittedOn().equals(day);
    }

    /** Users with a portrait on the run date, newcomers included. */
    public long users() {
        return statistics.values().stream().mapToLong(PortraitStatistics::users).sum();
    }

    /** The day of the previous fit when today has a new model; null otherwise. */
    public @Nullable LocalDate refitFrom(LocalDate day) {
        return isFittedOn(day) ? previous.map(model -> model.model().fittedOn()).orElse(null) : null;
    }

    /** Mean distance of a portrait's users to its centre, over the same mean on the day of the fit; 1 on that day. */
    public double spreadRatio(String portrait, LocalDate day) {
        if (isFittedOn(day)) {
            return 1;
        }
        double atFit = previous.stream()
                .flatMap(model -> model.statistics().stream())
                .filter(statistics -> statistics.portraitId().equals(portrait))
                .mapToDouble(PortraitStatistics::meanDistance)
                .sum();
        PortraitStatistics today = statistics.get(portrait);
        return atFit == 0 || today == null ? 1 : today.meanDistance() / atFit;
    }
}
