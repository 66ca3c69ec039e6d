package koc.clean;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import koc.source.LandingReader;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.jspecify.annotations.Nullable;

/**
 * The rules that a typed landing row must obey, as one column with the row's {@link Verdict}. A row gets the first reason
 * that applies, in the order of {@link RejectReason}.
 */
final class RowRules {
    private static final Set<String> NEEDS_PRODUCT_OR_CONTENT =
            Set.of("view", "click", "favorite", "share", "share_open", "inquiry");
    private static final Set<String> NEEDS_PRODUCT = Set.of("cart", "purchase", "refund", "review");
    private static final Set<String> NEEDS_PRICE = Set.of("purchase", "refund");
    private static final Set<String> NEEDS_RATING = Set.of("review");
    /** Columns of events whose values only some types need: the types that do. */
    private static final Map<String, Set<String>> NEEDED_BY =
            Map.of("quantity", NEEDS_PRICE, "unit_price", NEEDS_PRICE, "rating", NEEDS_RATING);
    /** A quantity of a cart below 0 takes something out of it: without it, something would be put in. */
    private static final Set<String> NEEDS_POSITIVE_QUANTITY = Set.of("cart", "purchase", "refund");

    /** The columns of campaigns of which one must have a value. */
    static final List<String> CAMPAIGN_SUBJECTS = List.of("product_id", "category", "brand");

    private final Source source;
    private final Set<String> landedColumns;
    private Column verdict =
            when(col(LandingReader.MALFORMED).isNotNull(), lit(Verdict.reject(RejectReason.MALFORMED, "")));

    private RowRules(Source source, Set<String> landedColumns) {
        this.source = source;
        this.landedColumns = landedColumns;
    }

    /**
     * The verdict on a row with typed columns and the columns {@code landed_*} that they were converted from.
     *
     * @param landedColumns the columns of the source that are in the files
     * @param lastDay as {@link RowChecks#check} takes it
     */
    static Column verdict(Source source, Set<String> landedColumns, LocalDate epoch, @Nullable LocalDate lastDay) {
        return new RowRules(source, landedColumns).verdict(epoch, lastDay);
    }

    private Column verdict(LocalDate epoch, @Nullable LocalDate lastDay) {
        if (lastDay != null) {
            source.happenedAt()
                    .ifPresent(column ->
                            verdict = verdict.when(to_date(col(column)).gt(lit(lastDay)), lit(Verdict.LATER)));
        }
        rejectMissingFields();
        rejectBadTypes();
        rejectValuesOutOfRange();
        rejectContradictions();
        rejectNegativeAmounts();
        source.happenedAt().ifPresent(column -> {
            Column day = to_date(col(column));
            if (lastDay == null && !source.leavesOutFuture()) {
                reject(day.gt(col(LandingReader.ARRIVED)), RejectReason.FUTURE, column);
            }
            reject(day.lt(lit(epoch)), RejectReason.BEFORE_EPOCH, column);
        });
        return verdict;
    }

    private void reject(Column condition, RejectReason reason, String field) {
        verdict = verdict.when(condition, lit(Verdict.reject(reason, field)));
    }

    private void rejectMissingFields() {
        source.required().forEach(column -> reject(not(isPresent(column)), RejectReason.MISSING_FIELD, column));
        if (source == Source.EVENTS) {
            Column hasNoSubject = not(isPresent("product_id")).and(not(isPresent("content_id")));
            reject(isOf(NEEDS_PRODUCT_OR_CONTENT).and(hasNoSubject), RejectReason.MISSING_FIELD, "product_id");
            reject(isOf(NEEDS_PRODUCT).and(not(isPresent("product_id"))), RejectReason.MISSING_FIELD, "product_id");
            reject(isOf(NEEDS_PRICE).and(not(isPresent("unit_price"))), RejectReason.MISSING_FIELD, "unit_price");
            reject(isOf(NEEDS_RATING).and(not(isPresent("rating"))), RejectReason.MISSING_FIELD, "rating");
        }
        if (source == Source.CAMPAIGNS) {
            Column hasNoSubject = CAMPAIGN_SUBJECTS.stream()
                    .map(column -> not(isPresent(column)))
                    .reduce(Column::and)
                    .orElseThrow();
            reject(hasNoSubject, RejectReason.MISSING_FIELD, "product_id");
        }
    }

    private void rejectBadTypes() {
        source.mustBeReadable().forEach(column -> rejectUnreadable(column, lit(true)));
        source.landed().forEach(field -> typesThatNeed(source, field.name())
                .ifPresent(types -> rejectUnreadable(field.name(), isOf(types))));
    }

    private void rejectUnreadable(String column, Column isNeeded) {
        DataType type = source.table().column(column).dataType();
        boolean canFail = !(type instanceof StringType || type instanceof ArrayType)
                || source.allowedValues().containsKey(column);
        if (canFail && landedColumns.contains(column)) {
            Column unreadable = col(column).isNull().and(isPresent(column));
            reject(isNeeded.and(unreadable), RejectReason.BAD_TYPE, column);
        }
    }

    /** Only values that must be readable can be out of range: others were left out. */
    private void rejectValuesOutOfRange() {
        source.mustBeReadable().forEach(column -> {
            Set<String> allowed = source.allowedValues().get(column);
            if (allowed != null) {
                reject(not(col(column).isin(allowed.toArray())), RejectReason.BAD_TYPE, column);
            }
        });
    }

    private void rejectContradictions() {
        if (source == Source.EVENTS) {
            Column isTooLarge = col("amount").isNull().and(col("unit_price").isNotNull());
            reject(isOf(NEEDS_PRICE).and(isTooLarge), RejectReason.BAD_TYPE, "unit_price");
            reject(
                    not(isOf(Objects.requireNonNull(source.words().get("event_type")))),
                    RejectReason.UNKNOWN_EVENT_TYPE,
                    "event_type");
        }
        if (source == Source.TIES) {
            reject(col("until").lt(col("since")), RejectReason.BAD_TYPE, "until");
        }
        if (source == Source.CAMPAIGNS) {
            reject(col("ends_on").lt(col("starts_on")), RejectReason.BAD_TYPE, "ends_on");
        }
    }

    /** Other values below their minimum were left out. */
    private void rejectNegativeAmounts() {
        for (StructField field : source.landed()) {
            Number minimum = source.minAmounts().get(field.name());
            if (minimum != null && mayBeNeeded(source, field.name())) {
                reject(col(field.name()).lt(lit(minimum)), RejectReason.NEGATIVE_AMOUNT, field.name());
            }
        }
    }

    /** The types of events that need the value of a column; empty if all rows of the source need it, or none. */
    static Optional<Set<String>> typesThatNeed(Source source, String column) {
        return source == Source.EVENTS ? Optional.ofNullable(NEEDED_BY.get(column)) : Optional.empty();
    }

    /** The types of events that are rejected for a value of the column below its minimum; empty as above. */
    static Optional<Set<String>> typesRejectedIfNegative(Source source, String column) {
        return typesThatNeed(source, column).map(types -> column.equals("quantity") ? NEEDS_POSITIVE_QUANTITY : types);
    }

    /** Whether a row of the source can be rejected for its value of a column. */
    static boolean mayBeNeeded(Source source, String column) {
        return source.mustBeReadable().contains(column)
                || typesThatNeed(source, column).isPresent();
    }

    /** What an event of this type needs: lists of columns, of each of which one must have a value. */
    static List<List<String>> needed(String eventType) {
        List<List<String>> needed = new ArrayList<>();
        if (NEEDS_PRODUCT_OR_CONTENT.contains(eventType)) {
            needed.add(List.of("product_id", "content_id"));
        }
        if (NEEDS_PRODUCT.contains(eventType)) {
            needed.add(List.of("product_id"));
        }
        if (NEEDS_PRICE.contains(eventType)) {
            needed.add(List.of("unit_price"));
        }
        if (NEEDS_RATING.contains(eventType)) {
            needed.add(List.of("rating"));
        }
        return needed;
    }

    private static Column isPresent(String column) {
        return col(RowChecks.LANDED + column).isNotNull();
    }

    private static Column isOf(Set<String> types) {
        return col("event_type").isin(types.toArray());
    }
}
