package koc.workbook;

import java.util.Map;
import java.util.Set;
import koc.text.Texts;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;

/**
 * A column of a sheet.
 *
 * @param name in the table
 * @param header in the language of the workbook
 * @param meaning from the declaration of the table
 * @param format how its values look
 * @param words for people, by code word
 * @param isFirst whether it is one of the columns to act on; the others are folded behind them
 */
record SheetColumn(
        String name, String header, String meaning, Format format, Map<String, String> words, boolean isFirst) {
    /** Columns with sentences. */
    private static final Set<String> SENTENCES = Set.of(
            "journey",
            "main_portraits",
            "missing",
            "next_action",
            "next_product",
            "readiness",
            "reason",
            "reasons",
            "recruitment_reason",
            "summary",
            "target_portraits",
            "title",
            "top_categories",
            "top_products",
            "top_tags",
            "trust_reason");

    /** Where the words of codes are that other texts use too. Those of other columns are in {@code workbook.code}. */
    private static final Map<String, String> CODE_TEXTS = Map.of(
            "advice", "report.advice.",
            "koc_type", "report.type.",
            "level", "levels.name.",
            "mentee_level", "levels.name.",
            "next_level", "levels.name.",
            "previous_level", "levels.name.",
            "quality_gate", "report.verdict.",
            "scene", "report.scene.",
            "verdict", "report.verdict.");

    /** How values look in a spreadsheet. */
    enum Format {
        TEXT("@", 18),
        SENTENCE("@", 60),
        DATE("yyyy-mm-dd", 12),
        COUNT("#,##0", 11),
        NUMBER("#,##0.00##", 11),
        MONEY("#,##0.00", 13),
        FRACTION("0.0##%", 11);

        private final String pattern;
        private final int width;

        Format(String pattern, int width) {
            this.pattern = pattern;
            this.width = width;
        }

        String pattern() {
            return pattern;
        }

        /** Width of the column in characters. */
        int width() {
            return width;
        }
    }

    /**
     * A column with its header.
     *
     * @param name in the sheet
     * @param declared the column of a table that it shows
     */
    static SheetColumn of(String name, StructField declared, boolean isFirst, Texts texts) {
        return new SheetColumn(
                name,
                texts.pattern("workbook.column." + name),
                declared.getComment().getOrElse(() -> ""),
                SENTENCES.contains(name) ? Format.SENTENCE : format(name, declared.dataType()),
                texts.startingWith(CODE_TEXTS.getOrDefault(name, "workbook.code." + name + ".")),
                isFirst);
    }

    private static Format format(String name, DataType type) {
        if (type instanceof StringType || type instanceof BooleanType) {
            return Format.TEXT;
        }
        if (type instanceof DateType) {
            return Format.DATE;
        }
        if (type instanceof IntegerType || type instanceof LongType) {
            return Format.COUNT;
        }
        if (type instanceof DecimalType) {
            return Format.MONEY;
        }
        if (type instanceof DoubleType) {
            return name.endsWith("_rate") || name.endsWith("_fraction") ? Format.FRACTION : Format.NUMBER;
        }
        throw new IllegalArgumentException("column " + name + ": no format for " + type.sql());
    }

    /** The word for people for a code word of the column; other texts stay as they are. */
    String word(String value) {
        return words.getOrDefault(value, value);
    }
}
