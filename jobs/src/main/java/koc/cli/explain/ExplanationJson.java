package koc.cli.explain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import koc.tables.Catalog;
import org.jspecify.annotations.Nullable;

/** An explanation as one JSON object, for programs. */
public final class ExplanationJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ExplanationJson() {}

    /** The JSON text. Each value has its table and column, and the meaning of the column in the data dictionary. */
    public static String of(Explanation explanation) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("subject", explanation.subject());
        all.put("day", explanation.day().toString());
        all.put(
                "sections",
                explanation.sections().stream().map(ExplanationJson::section).toList());
        all.put("recomputed", explanation.checks().size());
        all.put("different", explanation.differences().size());
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(all);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("texts and numbers always have a JSON form", impossible);
        }
    }

    private static Map<String, Object> section(Section section) {
        List<Map<String, @Nullable Object>> entries =
                section.entries().stream().map(ExplanationJson::entry).toList();
        return Map.of("title", section.title(), "entries", entries);
    }

    private static Map<String, @Nullable Object> entry(Entry entry) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        if (entry instanceof Entry.Value value) {
            fields.put("name", value.name().strip());
            fields.put("value", plain(value.value()));
            fields.put("source", value.source());
            fields.put("meaning", meaning(value.source()));
        } else if (entry instanceof Entry.Check check) {
            fields.put("name", check.name());
            fields.put("formula", check.formula());
            fields.put("recomputed", plain(check.recomputed()));
            fields.put("stored", plain(check.stored()));
            fields.put("equal", check.isEqual());
            fields.put("source", check.source());
            fields.put("meaning", meaning(check.source()));
        } else if (entry instanceof Entry.Remark remark) {
            fields.put("remark", remark.text());
        }
        return fields;
    }

    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof Double number) {
            return Double.isFinite(number) ? number : null;
        }
        return value instanceof Number || value instanceof Boolean || value instanceof BigDecimal || value == null
                ? value
                : value.toString();
    }

    /** The comment of a column; null for settings. */
    private static @Nullable String meaning(String source) {
        String[] parts = source.split("\\.", -1);
        return Catalog.tables().stream()
                .filter(table -> parts.length == 2
                        && table.name().equals(parts[0])
                        && table.columnNames().contains(parts[1]))
                .findFirst()
                .map(table -> table.column(parts[1]).getComment().getOrElse(() -> ""))
                .orElse(null);
    }
}
