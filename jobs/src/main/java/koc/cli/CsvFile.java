package koc.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import koc.error.KocException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Writes rows to one CSV file on this machine: UTF-8, a header, values quoted where needed (RFC 4180). */
final class CsvFile {
    private CsvFile() {}

    /** Writes the rows in their order, and replaces a file that exists. Returns the number of rows. */
    static long write(Path file, Dataset<Row> rows) {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write(String.join(",", rows.columns()) + "\n");
            long written = 0;
            for (Iterator<Row> iterator = rows.toLocalIterator(); iterator.hasNext(); written++) {
                out.write(line(iterator.next()) + "\n");
            }
            return written;
        } catch (IOException failure) {
            throw KocException.usage(
                            "--csv " + file + ": cannot be written",
                            failure.getClass().getSimpleName(),
                            "name a file in a folder that exists and is writable")
                    .causedBy(failure);
        }
    }

    private static String line(Row row) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < row.length(); i++) {
            values.add(row.isNullAt(i) ? "" : quoted(row.get(i).toString()));
        }
        return String.join(",", values);
    }

    private static String quoted(String value) {
        return value.matches("[^\",\r\n]*") ? value : "\"" + value.replace("\"", "\"\"") + "\"";
    }
}
