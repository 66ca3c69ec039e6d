package koc.rules;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.Column;

/** Completeness of the profile that a KOC shows to others: nickname, avatar and greeting. */
public final class KocProfile {
    /** The columns of users that make up a profile. */
    private static final List<String> PARTS = List.of("nickname", "avatar_url", "greeting");

    private KocProfile() {}

    /** Share of the parts that are there, 0..1. */
    public static Column completeness() {
        return PARTS.stream()
                .map(part -> when(isFilled(part), 1.0).otherwise(0.0))
                .reduce(lit(0.0), Column::plus)
                .divide((double) PARTS.size());
    }

    /** Words for the parts that are there: one column a part, null where it is not. */
    public static Column[] presentParts(Function<String, Column> word) {
        return PARTS.stream()
                .map(part -> when(isFilled(part), word.apply(part)))
                .toArray(Column[]::new);
    }

    /** Words for the parts that are lacking: one column a part, null where it is there. */
    public static Column[] missingParts(Function<String, Column> word) {
        return PARTS.stream()
                .map(part -> when(not(isFilled(part)), word.apply(part)))
                .toArray(Column[]::new);
    }

    /** Whether anything of it is recorded, be it empty. */
    public static Column isRecorded() {
        return coalesce(PARTS.stream().map(part -> col(part)).toArray(Column[]::new))
                .isNotNull();
    }

    private static Column isFilled(String part) {
        return coalesce(trim(col(part)).notEqual(""), lit(false));
    }
}
