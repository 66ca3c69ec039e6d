package koc.cli.explain;

import java.util.ArrayList;
import java.util.List;
import koc.warehouse.StoredRow;

/**
 * A part of an explanation under one title.
 *
 * @param entries in their order
 */
public record Section(String title, List<Entry> entries) {
    public Section {
        entries = List.copyOf(entries);
    }

    /** Collects the entries of a section. */
    static final class Builder {
        private final String title;
        private final List<Entry> entries = new ArrayList<>();

        Builder(String title) {
            this.title = title;
        }

        /** Adds columns of a row under their own names. */
        Builder columns(StoredRow row, String... columns) {
            for (String column : columns) {
                entries.add(new Entry.Value(column, row.get(column), row.source(column)));
            }
            return this;
        }

        /** Adds a column of a row under another name. */
        Builder column(String name, StoredRow row, String column) {
            entries.add(new Entry.Value(name, row.get(column), row.source(column)));
            return this;
        }

        Builder add(Entry entry) {
            entries.add(entry);
            return this;
        }

        Builder addAll(List<? extends Entry> more) {
            entries.addAll(more);
            return this;
        }

        Builder remark(String text) {
            entries.add(new Entry.Remark(text));
            return this;
        }

        Section build() {
            return new Section(title, entries);
        }
    }
}
