package koc.portraits.transitions;

import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import koc.portraits.transitions.ClusterTransitions.Match;
import koc.portraits.transitions.ClusterTransitions.Transition;
import koc.portraits.transitions.TransitionMatrix.Cell;
import koc.rules.Absent;
import koc.tables.PortraitTables;
import koc.text.ShortName;
import koc.text.Texts;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;

/** The rows of portrait_transitions: how many users moved between portraits, and what became of each portrait. */
public final class TransitionRows {
    private final LocalDate day;
    private final ClusterTransitions transitions;
    private final @Nullable LocalDate refitFrom;
    private final Map<String, Transition> byOldPortrait;
    private final Map<String, Transition> byNewPortrait;
    private final Texts texts;

    /**
     * For the transitions of one day.
     *
     * @param transitions what became of each portrait, by the ids of today
     * @param refitFrom day of the previous fit when today has a new model; null otherwise
     */
    public TransitionRows(LocalDate day, ClusterTransitions transitions, @Nullable LocalDate refitFrom, Texts texts) {
        this.day = day;
        this.transitions = transitions;
        this.refitFrom = refitFrom;
        this.texts = texts;
        this.byOldPortrait = transitions.byOldPortrait();
        this.byNewPortrait = transitions.byNewPortrait();
        byOldPortrait.put(PortraitTables.NEWCOMERS, Transition.SURVIVED);
        byNewPortrait.put(PortraitTables.NEWCOMERS, Transition.SURVIVED);
    }

    /**
     * One row per cell, and one per portrait that disappeared without having users left; none without a previous run.
     *
     * @param names of today's portraits
     * @param previousNames of the portraits of the previous model
     */
    public List<Row> rows(TransitionMatrix matrix, Map<String, String> names, Map<String, String> previousNames) {
        LocalDate previousDay = matrix.previousDay();
        if (previousDay == null) {
            return List.of();
        }
        Map<String, Long> usersBefore = matrix.usersBefore();
        Map<String, Long> usersToday = matrix.usersToday();
        return withDisappeared(matrix.cells(), usersBefore.keySet(), previousNames).stream()
                .map(cell -> {
                    String toName = names.getOrDefault(cell.to(), "");
                    double fromFraction = fraction(cell.users(), usersBefore.getOrDefault(cell.from(), 0L));
                    return RowFactory.create(
                            Date.valueOf(day),
                            cell.from(),
                            cell.fromName(),
                            cell.to(),
                            toName,
                            Date.valueOf(previousDay),
                            cell.users(),
                            fromFraction,
                            fraction(cell.users(), usersToday.getOrDefault(cell.to(), 0L)),
                            label(byOldPortrait.get(cell.from())),
                            label(byNewPortrait.get(cell.to())),
                            describe(cell, toName, fromFraction));
                })
                .toList();
    }

    /** Adds a cell of 0 users for every portrait that disappeared and had no user on the previous run. */
    private List<Cell> withDisappeared(
            List<Cell> cells, Set<String> portraitsBefore, Map<String, String> previousNames) {
        List<Cell> all = new ArrayList<>(cells);
        transitions.disappeared().stream()
                .filter(portrait -> !portraitsBefore.contains(portrait))
                .forEach(portrait ->
                        all.add(new Cell(portrait, previousNames.getOrDefault(portrait, portrait), Absent.NONE, 0)));
        return all;
    }

    private String describe(Cell cell, String toName, double fromFraction) {
        String description = describePair(cell, toName, fromFraction);
        return byNewPortrait.get(cell.to()) == Transition.EMERGED
                ? texts.text("sentences.two", description, texts.text("portraits.transition.new", shortened(toName)))
                : description;
    }

    private String describePair(Cell cell, String toName, double fromFraction) {
        Optional<Match> match = transitions.matches().stream()
                .filter(any -> any.oldId().equals(cell.from()) && any.newId().equals(cell.to()))
                .findFirst();
        if (match.isPresent() && refitFrom != null) {
            return texts.text(
                    "portraits.transition." + match.get().transition().code(),
                    shortened(cell.fromName()),
                    shortened(toName),
                    100 * fromFraction);
        }
        if (cell.from().equals(cell.to())) {
            return texts.text("portraits.stayed");
        }
        if (cell.from().equals(Absent.NONE)) {
            return texts.text("portraits.came");
        }
        if (byOldPortrait.get(cell.from()) == Transition.DISAPPEARED) {
            return texts.text("portraits.transition.gone", shortened(cell.fromName()));
        }
        return texts.text(cell.to().equals(Absent.NONE) ? "portraits.left" : "portraits.moved");
    }

    private static String shortened(String name) {
        return ShortName.of(name, ShortName.MAX_LENGTH);
    }

    private static double fraction(long users, long total) {
        return total == 0 ? 0 : users / (double) total;
    }

    private static @Nullable String label(@Nullable Transition transition) {
        return transition == null ? null : transition.code();
    }
}
