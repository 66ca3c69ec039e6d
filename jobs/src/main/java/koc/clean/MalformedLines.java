package koc.clean;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.replace;

import java.util.Locale;
import koc.source.Format;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Finds out why lines are malformed, and what cures it. Lines are looked at, but never shown. */
final class MalformedLines {
    private static final Column TEXT = col("raw");
    private static final String JSON_NAME = "^\\s*\"[^\"]*\"\\s*:";
    private static final String JSON_BRACKETS = "^\\s*[\\[\\]{}]+,?\\s*$";
    private static final String OPENING_OF_ARRAY = "^\\s*\\[\\s*$";
    private static final String TRAILING_COMMA = "^\\s*\\{.*\\}\\s*,\\s*$";

    private MalformedLines() {}

    /**
     * What was expected and what cures it.
     *
     * @param rejects rows of the table rejects that are malformed
     * @param source the source, for the names of settings
     * @param file a file with such lines
     */
    static String explain(Dataset<Row> rejects, Source source, String file) {
        boolean isCsv =
                Format.fromName(file).filter(format -> format == Format.CSV).isPresent();
        return isCsv ? explainCsv(rejects, source) : explainJson(rejects, source);
    }

    private static String explainCsv(Dataset<Row> rejects, Source source) {
        Column quotes = length(TEXT).minus(length(replace(TEXT, lit("\""))));
        Row counts = rejects.agg(
                        count_if(pmod(quotes, lit(2)).equalTo(1)),
                        count_if(TEXT.startsWith("#").or(TEXT.startsWith("//"))))
                .head();
        String expected = "expected as many values as the header has";
        if (counts.getLong(0) > 0) {
            return String.format(
                    Locale.ROOT,
                    "%s; %,d of these lines have a quote that is not closed; if quoted values contain line breaks, set"
                            + " koc.source.multi-line = true",
                    expected,
                    counts.getLong(0));
        }
        if (counts.getLong(1) > 0) {
            return String.format(
                    Locale.ROOT, "%s; %,d of these lines are comments; remove them", expected, counts.getLong(1));
        }
        return expected + "; check the delimiter: " + ValueFormat.SECTION + "." + source.folder() + ".delimiter";
    }

    private static String explainJson(Dataset<Row> rejects, Source source) {
        Row counts = rejects.agg(
                        count_if(TEXT.rlike(TRAILING_COMMA)),
                        count_if(TEXT.rlike(JSON_NAME).or(TEXT.rlike(JSON_BRACKETS))),
                        count_if(TEXT.startsWith("#").or(TEXT.startsWith("//"))),
                        count_if(TEXT.rlike(OPENING_OF_ARRAY)))
                .head();
        String expected = "expected one JSON object a line";
        if (counts.getLong(0) > 0) {
            return expected
                    + "; found lines that end with a comma, as in a JSON array; remove the commas at the ends of"
                    + " lines and the brackets around them";
        }
        if (counts.getLong(1) > 0) {
            return expected + "; found " + (counts.getLong(3) > 0 ? "a JSON array" : "objects")
                    + " over several lines; write each object of " + source.folder() + " in one line";
        }
        if (counts.getLong(2) > 0) {
            return expected + "; found comment lines; remove them";
        }
        return expected;
    }
}
