package koc.warehouse;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Renders the declarations of tables as a data dictionary. */
public final class Dictionary {
    private Dictionary() {}

    /** The dictionary as a Markdown page: published tables first, then the others. */
    public static String markdown(List<Table> tables) {
        StringBuilder page = new StringBuilder("""
                # Warehouse

                Generated from the declarations in `koc.tables` by `bin/koc tables --markdown`. Money is in `koc.currency`. Fractions
                and rates are 0..1. Windows (`_30d`) end with the run date. `day` is a day in `koc.zone`; `..._at` is a UTC instant.
                """);
        appendSection(
                page,
                "Published tables",
                """
                Start with `koc_card`, `koc_recommendations`, `portraits`, `county_card` and `acquisition_leads`: the other
                tables have the details. They are in `warehouse/published/`, as plain Parquet. Each successful run replaces them
                completely. Money is rounded to 2 decimals, and other numbers to 4 unless the table says otherwise. The Delta
                tables of the same names in `warehouse/` keep all digits.""",
                tables.stream().filter(Table::isPublished).toList());
        appendSection(
                page,
                "Internal tables",
                "In `warehouse/`, as Delta tables with one partition per date.",
                tables.stream().filter(Predicate.not(Table::isPublished)).toList());
        return page.toString();
    }

    private static void appendSection(StringBuilder page, String title, String location, List<Table> tables) {
        if (tables.isEmpty()) {
            return;
        }
        page.append("\n## ").append(title).append("\n\n").append(location).append('\n');
        for (Table table : tables) {
            page.append("\n### ").append(table.name()).append("\n\n");
            page.append(table.description()).append("\n\n");
            for (String property : properties(table, "`")) {
                page.append("- ").append(property).append('\n');
            }
            page.append("\n| column | type | null | meaning |\n| --- | --- | --- | --- |\n");
            for (StructField column : columns(table)) {
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
        properties(table, "")
                .forEach(property -> page.append("  ").append(property).append('\n'));
        int nameWidth =
                table.columnNames().stream().mapToInt(String::length).max().orElse(1);
        List<String> types =
                Stream.of(columns(table)).map(column -> type(column.dataType())).toList();
        int typeWidth =
                Math.min(20, types.stream().mapToInt(String::length).max().orElse(1));
        String layout = "    %-" + nameWidth + "s  %-" + typeWidth + "s  %-8s  %s\n";
        for (StructField column : columns(table)) {
            page.append(layout.formatted(
                    column.name(), type(column.dataType()), column.nullable() ? "" : "not null", meaning(column)));
        }
        page.append('\n');
    }

    private static List<String> properties(Table table, String quote) {
        List<String> properties = new ArrayList<>();
        properties.add("Key: " + (table.key().isEmpty() ? "none, equal rows are allowed" : names(table.key(), quote)));
        properties.add(
                "Partitioned by: " + (table.partitioning().isEmpty() ? "nothing" : names(table.partitioning(), quote)));
        properties.add("Written by: " + writer(table.job(), quote));
        if (!table.checks().isEmpty()) {
            properties.add("Every row: " + names(table.checks(), quote));
        }
        table.publishedDecimals()
                .forEach((column, decimals) ->
                        properties.add("Published with " + decimals + " decimals: " + quote + column + quote));
        return properties;
    }

    /** What writes the table: a job, or what else runs jobs. */
    private static String writer(String job, String quote) {
        return switch (job) {
            case "backtest" ->
                "the command " + quote + "bin/koc backtest" + quote + ", and a run that makes its own backtest";
            case "run" -> "every run";
            default -> "the job " + quote + job + quote;
        };
    }

    private static StructField[] columns(Table table) {
        return table.isPublished()
                ? table.publishedSchema().fields()
                : table.schema().fields();
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
