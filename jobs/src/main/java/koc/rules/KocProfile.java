package koc.rules;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.Column;

/**
 * Measures how complete the public profile of a KOC is: nickname, avatar and greeting. Needs the columns nickname,
 * avatar_url and greeting.
 */
public final class KocProfile {
    /** The columns of a profile. */
    private static final List<String> PARTS = List.of("nickname", "avatar_url", "greeting");

    private KocProfile() {}

    /**
     * The fraction of the parts that are filled in, 0..1. Blank parts count as missing. Example: two of three are .67.
     */
    public static Column completeness() {
        return PARTS.stream()
                .map(part -> when(isFilled(part), 1.0).otherwise(0.0))
                .reduce(lit(0.0), Column::plus)
                .divide((double) PARTS.size());
    }

    /**
     * One column per part: its label if the part is filled in, otherwise null.
     *
     * @param label returns the label of a part, given its column, such as {@code nickname}
     */
    public static Column[] presentParts(Function<String, Column> label) {
        return PARTS.stream()
                .map(part -> when(isFilled(part), label.apply(part)))
                .toArray(Column[]::new);
    }

    /** Whether any part is not null, even if it is blank. */
    public static Column isRecorded() {
        return coalesce(PARTS.stream().map(part -> col(part)).toArray(Column[]::new))
                .isNotNull();
    }

    private static Column isFilled(String part) {
        return coalesce(trim(col(part)).notEqual(""), lit(false));
    }
}
