package koc.sample;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes the valid rows of a source, and now and then a bad row that is made from the last valid one. The kinds of bad rows
 * take turns.
 */
final class DirtyWriter {
    private final SourceWriter writer;
    private final Source source;
    private final Truth truth;
    private final double dirt;
    private final List<Flaw> flaws;
    private final List<String> keys;
    private String required = "";
    private String marker = "";
    private Cell mistyped = new Cell("", "");
    private Cell negative = new Cell("", "");
    private long valid;
    private int bad;

    private record Cell(String column, String value) {}

    /**
     * A writer of a source.
     *
     * @param truth takes a note of every bad row
     * @param dirt bad rows per valid row
     * @param flaws the kinds of bad rows
     */
    DirtyWriter(SourceWriter writer, Truth truth, double dirt, Flaw... flaws) {
        this.writer = writer;
        this.source = writer.source();
        this.truth = truth;
        this.dirt = dirt;
        this.flaws = List.of(flaws);
        this.keys = source.equals(Source.TIES)
                ? List.of("koc_id", "user_id", "tie_type")
                : source.columns().subList(0, 1);
    }

    /** Sets the column that is empty in rows with a missing field. */
    DirtyWriter required(String column) {
        required = column;
        return this;
    }

    /** Sets the column whose value identifies bad rows. */
    DirtyWriter marker(String column) {
        marker = column;
        return this;
    }

    /** Sets the value of rows with a wrong type. */
    DirtyWriter mistyped(String column, String value) {
        mistyped = new Cell(column, value);
        return this;
    }

    /** Sets the value of rows with a negative amount. */
    DirtyWriter negative(String column, String value) {
        negative = new Cell(column, value);
        return this;
    }

    /** Writes a valid row, and a bad row if one is due. */
    void write(int day, List<String> row) {
        writer.write(day, row);
        valid++;
        if ((long) Math.floor(valid * dirt) > bad) {
            writeBad(day, row, flaws.get(bad % flaws.size()));
            bad++;
        }
    }

    private void writeBad(int day, List<String> row, Flaw flaw) {
        if (flaw == Flaw.DUPLICATE) {
            writer.write(day, row);
            truth.recordBadRow(
                    source,
                    String.join("+", keys),
                    keys.stream().map(key -> row.get(source.index(key))).collect(Collectors.joining("+")),
                    flaw);
            return;
        }
        String mark = "bad-" + source.name() + "-" + (bad + 1);
        List<String> marked = source.with(row, marker, mark);
        if (!source.columns().get(0).equals("day")) {
            // A key of its own, so that the bad row cannot replace a valid one.
            marked = source.with(marked, source.columns().get(0), mark);
        }
        switch (flaw) {
            case MISSING_FIELD -> writer.write(day, source.with(marked, required, ""));
            case MALFORMED -> writer.writeMalformed(day, marked);
            case NEGATIVE_AMOUNT -> writer.write(day, source.with(marked, negative.column(), negative.value()));
            default -> writer.write(day, source.with(marked, mistyped.column(), mistyped.value()));
        }
        truth.recordBadRow(source, marker, mark, flaw);
    }
}
