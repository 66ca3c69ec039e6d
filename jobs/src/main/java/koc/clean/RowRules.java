package koc.clean;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import koc.source.LandingReader;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.jspecify.annotations.Nullable;

/**
 * The rules that a typed landing row must obey, as one column with the row's {@link Verdict}. A row gets the first reason
 * that applies, in the order of {@link RejectReason}.
 */
final class RowRules {
    private static final Set<String> EVENT_TYPES = Set.of(
            "view",
            "click",
            "favorite",
            "cart",
            "purchase",
            "refund",
            "share",
            "share_open",
            "inquiry",
            "reply",
            "review",
            "complaint",
            "post",
            "join",
            "leave",
            "mute",
            "attend",
            "train");
    private static final Set<String> NEEDS_PRODUCT_OR_CONTENT =
            Set.of("view", "click", "favorite", "share", "share_open", "inquiry");
    private static final Set<String> NEEDS_PRODUCT = Set.of("cart", "purchase", "refund", "review");
    private static final Set<String> NEEDS_PRICE = Set.of("purchase", "refund");
    private static final Set<String> NEEDS_RATING = Set.of("review");

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
            if (lastDay == null) {
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
            Column hasNoSubject = Stream.of("product_id", "category", "brand")
                    .map(column -> not(isPresent(column)))
                    .reduce(Column::and)
                    .orElseThrow();
            reject(hasNoSubject, RejectReason.MISSING_FIELD, "product_id");
        }
    }

    private void rejectBadTypes() {
        for (StructField field : source.landed()) {
            boolean canFail = !(field.dataType() instanceof StringType || field.dataType() instanceof ArrayType);
            if (canFail && landedColumns.contains(field.name())) {
                Column unreadable = col(field.name()).isNull().and(isPresent(field.name()));
                reject(unreadable, RejectReason.BAD_TYPE, field.name());
            }
        }
    }

    private void rejectValuesOutOfRange() {
        for (StructField field : source.landed()) {
            Column value = col(field.name());
            List<Integer> range = source.ranges().get(field.name());
            if (range != null) {
                Column outside = not(value.between(lit(range.get(0)), lit(range.get(1))));
                reject(outside, RejectReason.BAD_TYPE, field.name());
            }
            Set<String> allowed = source.allowedValues().get(field.name());
            if (allowed != null) {
                reject(not(value.isin(allowed.toArray())), RejectReason.BAD_TYPE, field.name());
            }
        }
    }

    private void rejectContradictions() {
        if (source == Source.EVENTS) {
            Column tooLarge = col("amount").isNull().and(col("unit_price").isNotNull());
            reject(tooLarge, RejectReason.BAD_TYPE, "unit_price");
            reject(not(isOf(EVENT_TYPES)), RejectReason.UNKNOWN_EVENT_TYPE, "event_type");
        }
        if (source == Source.CAMPAIGNS) {
            reject(col("ends_on").lt(col("starts_on")), RejectReason.BAD_TYPE, "ends_on");
        }
    }

    private void rejectNegativeAmounts() {
        for (StructField field : source.landed()) {
            Integer minimum = source.minAmounts().get(field.name());
            if (minimum != null) {
                reject(col(field.name()).lt(lit(minimum)), RejectReason.NEGATIVE_AMOUNT, field.name());
            }
        }
    }

    private static Column isPresent(String column) {
        return col(RowChecks.LANDED + column).isNotNull();
    }

    private static Column isOf(Set<String> types) {
        return col("event_type").isin(types.toArray());
    }
}
