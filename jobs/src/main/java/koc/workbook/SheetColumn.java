package koc.workbook;

import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
 * @param meaning from the declaration of the table, with the words that the cells show
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
            "regular_customers",
            "reasons",
            "recruitment_reason",
            "stop_sharing",
            "summary",
            "target_portraits",
            "title",
            "top_categories",
            "top_products",
            "top_tags",
            "trust_reason");

    private static final Pattern NULL = Pattern.compile("\\bnull\\b");
    /** What is in brackets, which stays as it is; or a word that may be a code. */
    private static final Pattern CODE = Pattern.compile("\\([^()]*\\)|\\b[a-z][a-z_]*\\b(?=\\s*(?:[,;:.(]|or\\b|$))");

    /** Where the words of codes are that other texts use too. Those of other columns are in {@code workbook.code}. */
    private static final Map<String, String> CODE_TEXTS = Map.of(
            "advice", "report.advice.",
            "koc_type", "report.type.",
            "level", "levels.name.",
            "mentee_level", "levels.name.",
            "next_level", "levels.name.",
            "overall_verdict", "report.verdict.",
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
     * A column with the words for its codes.
     *
     * @param name in the sheet
     * @param header above it
     * @param declared the column of a table that it shows
     */
    static SheetColumn of(String name, String header, StructField declared, boolean isFirst, Texts texts) {
        Map<String, String> words = texts.startingWith(CODE_TEXTS.getOrDefault(name, "workbook.code." + name + "."));
        return new SheetColumn(
                name,
                header,
                asShown(declared.getComment().getOrElse(() -> ""), words),
                SENTENCES.contains(name) ? Format.SENTENCE : format(name, declared.dataType()),
                words,
                isFirst);
    }

    /** The same column with a remark after its meaning. */
    SheetColumn withRemark(String remark) {
        String ended = meaning.endsWith(".") ? meaning + " " : meaning + ". ";
        return new SheetColumn(name, header, ended + remark, format, words, isFirst);
    }

    /**
     * The meaning with the words that the cells show: "pass, or null" is "passed, or empty". A code ends a part of the
     * sentence, outside brackets; the same letters elsewhere are an ordinary word.
     */
    private static String asShown(String meaning, Map<String, String> words) {
        return CODE.matcher(NULL.matcher(meaning).replaceAll("empty"))
                .replaceAll(code -> Matcher.quoteReplacement(words.getOrDefault(code.group(), code.group())));
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
