package koc.warehouse;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The data dictionary: the declarations of tables in the words and layout that people read. */
public final class Dictionary {
    private Dictionary() {}

    /** The dictionary as a Markdown page: published tables first, then the others. */
    public static String markdown(List<Table> tables) {
        StringBuilder page = new StringBuilder("""
                # Warehouse

                Written from the declarations in `koc.table` by `bin/koc tables --markdown`. Money is in `koc.currency`; shares and
                rates are 0..1; windows (`_30d`) end with the run date; `day` is a day in `koc.zone`; `..._at` is a UTC instant.
                """);
        section(
                page,
                "Published tables",
                "In `warehouse/published/`, plain Parquet, replaced whole by each run that holds.",
                tables.stream().filter(Table::isPublished).toList());
        section(
                page,
                "Internal tables",
                "In `warehouse/`, Delta, one slice a date.",
                tables.stream().filter(Predicate.not(Table::isPublished)).toList());
        return page.toString();
    }

    private static void section(StringBuilder page, String title, String where, List<Table> tables) {
        if (tables.isEmpty()) {
            return;
        }
        page.append("\n## ").append(title).append("\n\n").append(where).append('\n');
        for (Table table : tables) {
            page.append("\n### ").append(table.name()).append("\n\n");
            page.append(table.description()).append("\n\n");
            for (String fact : facts(table, "`")) {
                page.append("- ").append(fact).append('\n');
            }
            page.append("\n| column | type | null | meaning |\n| --- | --- | --- | --- |\n");
            for (StructField column : table.schema().fields()) {
                page.append("| `%s` | %s | %s | %s |\n"
                        .formatted(
                                column.name(),
                                type(column.dataType()),
                                column.nullable() ? "yes" : "",
                                meaning(column).replace("|", "\\|").replace("<", "&lt;")));
            }
        }
    }

    /** The dictionary for a terminal: published tables first, then the others. */
    public static String text(List<Table> tables) {
        StringBuilder page = new StringBuilder();
        Stream.concat(
                        tables.stream().filter(Table::isPublished),
                        tables.stream().filter(Predicate.not(Table::isPublished)))
                .forEach(table -> describe(page, table));
        return page.toString();
    }

    private static void describe(StringBuilder page, Table table) {
        page.append(table.name())
                .append(table.isPublished() ? "  (published)" : "")
                .append("\n  ")
                .append(table.description())
                .append('\n');
        facts(table, "").forEach(fact -> page.append("  ").append(fact).append('\n'));
        int nameWidth =
                table.columnNames().stream().mapToInt(String::length).max().orElse(1);
        List<String> types = Stream.of(table.schema().fields())
                .map(column -> type(column.dataType()))
                .toList();
        int typeWidth =
                Math.min(20, types.stream().mapToInt(String::length).max().orElse(1));
        String layout = "    %-" + nameWidth + "s  %-" + typeWidth + "s  %-8s  %s\n";
        for (StructField column : table.schema().fields()) {
            page.append(layout.formatted(
                    column.name(), type(column.dataType()), column.nullable() ? "" : "not null", meaning(column)));
        }
        page.append('\n');
    }

    private static List<String> facts(Table table, String quote) {
        List<String> facts = new ArrayList<>();
        facts.add("Key: " + (table.key().isEmpty() ? "none, equal rows may stand in it" : names(table.key(), quote)));
        facts.add(
                "Partitioned by: " + (table.partitioning().isEmpty() ? "nothing" : names(table.partitioning(), quote)));
        facts.add("Written by: " + quote + table.job() + quote);
        if (!table.checks().isEmpty()) {
            facts.add("Every row: " + names(table.checks(), quote));
        }
        return facts;
    }

    private static String names(List<String> names, String quote) {
        return quote + String.join(quote + ", " + quote, names) + quote;
    }

    private static String meaning(StructField column) {
        return column.getComment().getOrElse(() -> "");
    }

    private static String type(DataType type) {
        if (type instanceof ArrayType array) {
            return "ARRAY of " + type(array.elementType());
        }
        if (type instanceof StructType struct) {
            return Stream.of(struct.fields())
                    .map(field -> field.name() + " " + type(field.dataType()))
                    .reduce((one, other) -> one + ", " + other)
                    .map(fields -> "(" + fields + ")")
                    .orElse("()");
        }
        return type.sql();
    }
}
