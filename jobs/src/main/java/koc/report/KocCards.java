package koc.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import koc.run.JobRun;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What opens when a KOC is chosen, as JSON: {@code {"u1": {"mix": [[..]], "recommendations": [[..]], "history": [[..]]}}}.
 *
 * <p>KOCs are sorted by id and divided into files of about half a megabyte, so that a page of many KOCs loads quickly.
 */
final class KocCards {
    private static final int FILE_CHARACTERS = 500_000;

    private final Map<String, List<String>> columns;
    private final SortedMap<String, String> cards;

    /** Cards with these columns by query, as JSON by id of the KOC. */
    KocCards(Map<String, List<String>> columns, SortedMap<String, String> cards) {
        this.columns = columns;
        this.cards = cards;
    }

    /** The cards of the day. The first column of every query is the id of the KOC. */
    static KocCards collect(JobRun run, List<Query> queries) {
        Map<String, List<String>> columns = new LinkedHashMap<>();
        SortedMap<String, Map<String, List<List<Object>>>> byKoc = new TreeMap<>();
        for (Query query : queries) {
            Dataset<Row> rows = query.rows().apply(run);
            List<String> names = List.of(rows.columns());
            columns.put(query.name(), names.subList(1, names.size()));
            for (Row row : rows.collectAsList()) {
                byKoc.computeIfAbsent(row.getString(0), any -> new LinkedHashMap<>())
                        .computeIfAbsent(query.name(), any -> new ArrayList<>())
                        .add(values(row));
            }
        }
        SortedMap<String, String> cards = new TreeMap<>();
        byKoc.forEach((koc, rows) -> {
            StringBuilder json = new StringBuilder();
            Json.append(json, rows);
            cards.put(koc, json.toString());
        });
        return new KocCards(columns, cards);
    }

    /** All values but the first; they may be null. */
    private static List<Object> values(Row row) {
        List<Object> values = new ArrayList<>();
        for (int i = 1; i < row.size(); i++) {
            values.add(row.get(i));
        }
        return values;
    }

    /** The columns of the rows, by query. */
    Map<String, List<String>> columns() {
        return columns;
    }

    /** JSON by name of the file: one file if all cards have at most this many characters. */
    Map<String, String> files(int inlineCharacters) {
        Map<String, String> files = new LinkedHashMap<>();
        for (List<String> ids : groups(inlineCharacters)) {
            StringBuilder json = new StringBuilder("{");
            String separator = "";
            for (String id : ids) {
                json.append(separator);
                Json.append(json, id);
                json.append(':').append(cards.get(id));
                separator = ",\n";
            }
            files.put(
                    String.format(Locale.ROOT, "cards-%03d", files.size()),
                    json.append('}').toString());
        }
        return files;
    }

    /** The first id of each file: a KOC is in the last file whose first id is not after its own. */
    List<String> firstIds(int inlineCharacters) {
        return groups(inlineCharacters).stream().map(ids -> ids.get(0)).toList();
    }

    private List<List<String>> groups(int inlineCharacters) {
        long all = cards.values().stream().mapToLong(String::length).sum();
        long limit = all <= inlineCharacters ? all : FILE_CHARACTERS;
        List<List<String>> groups = new ArrayList<>();
        long size = limit + 1;
        for (Map.Entry<String, String> card : cards.entrySet()) {
            if (size + card.getValue().length() > limit) {
                groups.add(new ArrayList<>());
                size = 0;
            }
            groups.get(groups.size() - 1).add(card.getKey());
            size += card.getValue().length();
        }
        return groups;
    }
}
