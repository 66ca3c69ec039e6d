package koc.portraits.transitions;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import java.sql.Date;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import koc.portraits.assign.PortraitAssignment;
import koc.rules.Absent;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * How many users moved from each portrait of the previous run to each portrait of today, those who stayed included.
 *
 * @param previousDay day of the previous run; null when there was none
 * @param cells the pairs of portraits with at least one user
 */
public record TransitionMatrix(@Nullable LocalDate previousDay, List<Cell> cells) {

    /**
     * Users who were in one portrait on the previous run and are in one today.
     *
     * @param from portrait on the previous run; {@code (none)} for users who did not exist then
     * @param to portrait today; {@code (none)} for users who no longer exist
     */
    public record Cell(String from, String fromName, String to, long users) {}

    /**
     * Counts users by their portrait on the previous run and today: two user grains -> one matrix.
     *
     * @param previous user_portraits of the previous run
     * @param assignments {@link PortraitAssignment#ASSIGNMENTS} of today
     */
    public static TransitionMatrix between(Dataset<Row> previous, Dataset<Row> assignments) {
        List<Row> rows = previous.select(
                        col("user_id"),
                        col("portrait_id").as("from_id"),
                        col("portrait_name").as("from_name"),
                        col("day").as("previous_day"))
                .join(
                        assignments.select(col("user_id"), col("portrait_id").as("to_id")),
                        new String[] {"user_id"},
                        "full")
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
        return new TransitionMatrix(previousDay, cells);
    }

    /** Users of each portrait on the previous run. */
    public Map<String, Long> usersBefore() {
        return sumUsers(Cell::from);
    }

    /** Users of each portrait today. */
    public Map<String, Long> usersToday() {
        return sumUsers(Cell::to);
    }

    /** Fraction of each portrait's users on the previous run who are in it today; only portraits that had users then. */
    public Map<String, Double> retainedRates() {
        Map<String, Long> before = usersBefore();
        Map<String, Double> rates = new HashMap<>();
        before.keySet().forEach(portrait -> rates.put(portrait, 0.0));
        cells.stream()
                .filter(cell -> cell.from().equals(cell.to()))
                .forEach(cell -> rates.put(
                        cell.from(), cell.users() / (double) Objects.requireNonNull(before.get(cell.from()))));
        return rates;
    }

    private Map<String, Long> sumUsers(Function<Cell, String> portrait) {
        return cells.stream().collect(Collectors.groupingBy(portrait, Collectors.summingLong(Cell::users)));
    }

    private static String textOr(Row row, String column, String fallback) {
        String found = row.getAs(column);
        return found == null ? fallback : found;
    }
}
