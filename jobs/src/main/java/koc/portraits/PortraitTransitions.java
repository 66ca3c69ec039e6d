package koc.portraits;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import koc.portraits.PortraitLives.Change;
import koc.portraits.PortraitLives.Link;
import koc.rules.Absent;
import koc.tables.PortraitTables;
import koc.text.Texts;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;

/** Who went from which portrait to which since the run before; as large as portraits x portraits. */
final class PortraitTransitions {
    private PortraitTransitions() {}

    /**
     * Users who were in one portrait on the run before and are in one now.
     *
     * @param from {@code (none)} of users who were not there
     * @param to {@code (none)} of users who are there no more
     */
    record Cell(String from, String fromName, String to, long users) {}

    /**
     * The cells between two runs.
     *
     * @param previousDay null when there was no run before
     */
    record Matrix(@Nullable LocalDate previousDay, List<Cell> cells) {

        /** Share of each portrait's users on the run before who are in it now; of the portraits that had users then. */
        Map<String, Double> keptShares() {
            Map<String, Long> before = sums(Cell::from);
            Map<String, Double> shares = new HashMap<>();
            before.forEach((portrait, users) -> shares.put(portrait, 0.0));
            cells.stream()
                    .filter(cell -> cell.from().equals(cell.to()))
                    .forEach(cell -> shares.put(
                            cell.from(), cell.users() / (double) Objects.requireNonNull(before.get(cell.from()))));
            return shares;
        }

        private Map<String, Long> sums(Function<Cell, String> portrait) {
            return cells.stream().collect(Collectors.groupingBy(portrait, Collectors.summingLong(Cell::users)));
        }
    }

    /**
     * User grain -> the cells.
     *
     * @param previous user_portraits of the run before
     * @param assigned user_id, portrait_id of today
     */
    static Matrix matrix(Dataset<Row> previous, Dataset<Row> assigned) {
        List<Row> rows = previous.select(
                        col("user_id"),
                        col("portrait_id").as("from_id"),
                        col("portrait_name").as("from_name"),
                        col("day").as("previous_day"))
                .join(assigned.select(col("user_id"), col("portrait_id").as("to_id")), new String[] {"user_id"}, "full")
                .groupBy("from_id", "to_id")
                .agg(
                        count(lit(1)).as("users"),
                        max("from_name").as("from_name"),
                        max("previous_day").as("previous_day"))
                .orderBy("from_id", "to_id")
                .collectAsList();
        List<Cell> cells = rows.stream()
                .map(row -> new Cell(
                        textOr(row, "from_id", Absent.NONE),
                        textOr(row, "from_name", ""),
                        textOr(row, "to_id", Absent.NONE),
                        row.getAs("users")))
                .toList();
        LocalDate previousDay = rows.stream()
                .map(row -> row.<Date>getAs("previous_day"))
                .filter(Objects::nonNull)
                .findFirst()
                .map(Date::toLocalDate)
                .orElse(null);
        return new Matrix(previousDay, cells);
    }

    /**
     * The rows of portrait_transitions: every cell, and every portrait that is gone though it had no users left.
     *
     * @param lives what became of each portrait, by the ids of today
     * @param refitFrom day of the fit of the model before, when the model is another today; else null
     * @param names of today's portraits
     * @param oldNames of the portraits of the model before
     */
    static List<Row> rows(
            LocalDate day,
            Matrix matrix,
            PortraitLives lives,
            @Nullable LocalDate refitFrom,
            Map<String, String> names,
            Map<String, String> oldNames,
            Texts texts) {
        LocalDate previousDay = matrix.previousDay();
        if (previousDay == null) {
            return List.of();
        }
        Map<String, Change> fates = lives.fates();
        Map<String, Change> origins = lives.origins();
        fates.put(PortraitTables.NEWCOMERS, Change.KEPT);
        origins.put(PortraitTables.NEWCOMERS, Change.KEPT);
        Map<String, Long> before = matrix.sums(Cell::from);
        Map<String, Long> now = matrix.sums(Cell::to);
        List<Cell> cells = new ArrayList<>(matrix.cells());
        Set<String> told = new HashSet<>(before.keySet());
        lives.gone().stream()
                .filter(portrait -> !told.contains(portrait))
                .forEach(portrait ->
                        cells.add(new Cell(portrait, oldNames.getOrDefault(portrait, portrait), Absent.NONE, 0)));
        return cells.stream()
                .map(cell -> {
                    String fromName = cell.fromName();
                    String toName = names.getOrDefault(cell.to(), "");
                    return RowFactory.create(
                            Date.valueOf(day),
                            cell.from(),
                            fromName,
                            cell.to(),
                            toName,
                            Date.valueOf(previousDay),
                            cell.users(),
                            share(cell.users(), before.getOrDefault(cell.from(), 0L)),
                            share(cell.users(), now.getOrDefault(cell.to(), 0L)),
                            word(fates.get(cell.from())),
                            word(origins.get(cell.to())),
                            verdict(cell, toName, lives, refitFrom, fates, origins, texts));
                })
                .toList();
    }

    private static String verdict(
            Cell cell,
            String toName,
            PortraitLives lives,
            @Nullable LocalDate refitFrom,
            Map<String, Change> fates,
            Map<String, Change> origins,
            Texts texts) {
        List<String> parts = new ArrayList<>();
        Link link = lives.links().stream()
                .filter(any -> any.from().equals(cell.from()) && any.to().equals(cell.to()))
                .findFirst()
                .orElse(null);
        if (link != null && refitFrom != null) {
            parts.add(texts.text(
                    "portraits.fate." + link.change().word(), cell.fromName(), toName, 100 * link.share(), refitFrom));
        } else if (cell.from().equals(cell.to())) {
            parts.add(texts.text("portraits.stayed"));
        } else if (cell.from().equals(Absent.NONE)) {
            parts.add(texts.text("portraits.came"));
        } else if (fates.get(cell.from()) == Change.GONE) {
            parts.add(texts.text("portraits.fate.gone", cell.fromName()));
        } else {
            parts.add(texts.text(cell.to().equals(Absent.NONE) ? "portraits.left" : "portraits.moved"));
        }
        if (origins.get(cell.to()) == Change.NEW) {
            parts.add(texts.text("portraits.fate.new", toName));
        }
        return String.join("; ", parts);
    }

    private static double share(long users, long all) {
        return all == 0 ? 0 : users / (double) all;
    }

    private static @Nullable String word(@Nullable Change change) {
        return change == null ? null : change.word();
    }

    private static String textOr(Row row, String column, String fallback) {
        String found = row.getAs(column);
        return found == null ? fallback : found;
    }
}
