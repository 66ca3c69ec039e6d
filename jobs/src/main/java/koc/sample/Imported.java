package koc.sample;

import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The result of an import.
 *
 * @param files files read
 * @param rowsRead rows read from them, headers not counted
 * @param rowsWritten rows written, by source
 * @param remarks numbers of unusual rows, by description
 */
public record Imported(int files, long rowsRead, SortedMap<String, Long> rowsWritten, SortedMap<String, Long> remarks) {
    public Imported {
        rowsWritten = new TreeMap<>(rowsWritten);
        remarks = new TreeMap<>(remarks);
    }

    /** The result in words, on several lines. */
    public String text() {
        StringBuilder text =
                new StringBuilder(String.format(Locale.ROOT, "read %,d rows of %,d files%n", rowsRead, files));
        for (Map.Entry<String, Long> source : rowsWritten.entrySet()) {
            text.append(String.format(Locale.ROOT, "wrote %,d rows of %s%n", source.getValue(), source.getKey()));
        }
        for (Map.Entry<String, Long> remark : remarks.entrySet()) {
            text.append(String.format(Locale.ROOT, "%s: %,d%n", remark.getKey(), remark.getValue()));
        }
        return text.toString();
    }
}
