package koc.report;

import java.util.List;

/**
 * A section of the page. Its template is {@code jte/report/sections/<id>.jte}; {@code report.js} fills it.
 *
 * @param id name of the section, its template and its anchor
 * @param queries the rows that it shows
 */
record Section(String id, List<Query> queries) {
    Section {
        queries = List.copyOf(queries);
    }

    static Section of(String id, Query... queries) {
        return new Section(id, List.of(queries));
    }
}
