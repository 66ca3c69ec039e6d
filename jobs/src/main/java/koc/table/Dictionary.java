package koc.table;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.types.StructField;

/** The data dictionary: tables and their columns in words, from their declarations. */
public final class Dictionary {
    private Dictionary() {}

    /** The tables as a Markdown document: a list of all, then a section a table. */
    public static String markdown(List<Table> tables) {
        StringBuilder document = new StringBuilder("# Data dictionary\n\n| table | one row per |\n| --- | --- |\n");
        for (Table table : tables) {
            document.append("| [%s](#%s) | %s |\n".formatted(table.name(), table.name(), cell(table.description())));
        }
        for (Table table : tables) {
            document.append("\n## %s\n\n%s\n\n".formatted(table.name(), table.description()));
            document.append(
                    facts(table).stream().map(fact -> "- " + fact + "\n").collect(Collectors.joining()));
            document.append("\n| column | type | may be null | meaning |\n| --- | --- | --- | --- |\n");
            for (StructField column : table.schema().fields()) {
                document.append("| %s | %s | %s | %s |\n"
                        .formatted(column.name(), type(column), column.nullable() ? "yes" : "", cell(meaning(column))));
            }
        }
        return document.toString();
    }

    /** The tables as plain text for a terminal, columns aligned. */
    public static String text(List<Table> tables) {
        return tables.stream().map(Dictionary::text).collect(Collectors.joining("\n"));
    }

    private static String text(Table table) {
        List<StructField> columns = Arrays.asList(table.schema().fields());
        int names = columns.stream()
                .mapToInt(column -> column.name().length())
                .max()
                .orElse(1);
        int types = columns.stream()
                .map(Dictionary::type)
                .filter(type -> type.length() <= 24)
                .mapToInt(String::length)
                .max()
                .orElse(1);
        StringBuilder lines = new StringBuilder(table.name() + "\n  " + table.description() + "\n");
        facts(table).forEach(fact -> lines.append("  " + fact.replace("`", "") + "\n"));
        for (StructField column : columns) {
            lines.append(("    %-" + names + "s  %-" + types + "s  %s  %s\n")
                    .formatted(column.name(), type(column), column.nullable() ? "null" : "    ", meaning(column)));
        }
        return lines.toString();
    }

    private static List<String> facts(Table table) {
        return Stream.of(
                        "Written by `koc " + table.job() + "`"
                                + (table.isPublished() ? ", published for marketers." : "."),
                        table.key().isEmpty() ? "" : "Key: `" + String.join("`, `", table.key()) + "`.",
                        table.partitioning().isEmpty()
                                ? ""
                                : "Partitioned by `" + String.join("`, `", table.partitioning()) + "`.",
                        table.checks().isEmpty()
                                ? ""
                                : "Every row keeps: `"
                                        + String.join("`, `", table.checks().values()) + "`.")
                .filter(fact -> !fact.isEmpty())
                .toList();
    }

    private static String type(StructField column) {
        return column.dataType().sql();
    }

    private static String meaning(StructField column) {
        return column.getComment().getOrElse(() -> "");
    }

    private static String cell(String words) {
        return words.replace("|", "\\|").replace("\n", " ");
    }
}
