package koc.source;

import java.io.IOException;
import java.util.List;
import koc.error.KocException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a file, found from its first bytes before it is read.
 *
 * @param file the file
 * @param columns names of its columns, in the order of the file; for JSON those of the first objects; for Parquet those in
 *     structs follow, such as {@code user.id}
 * @param text its first lines; null for Parquet
 * @param schema its schema; null for CSV and JSON
 */
record FileProbe(
        LandingFile file,
        List<String> columns,
        @Nullable TextStart text,
        @Nullable MessageType schema) {
    FileProbe {
        columns = List.copyOf(columns);
    }

    /**
     * Reads the first bytes of a file; a file that is not in the format of its name is refused.
     *
     * @param source name of its source, for the names of settings
     */
    static FileProbe probe(LandingFile file, String source, SourceFormat format, Configuration hadoop) {
        if (file.bytes() == 0) {
            throw empty(file);
        }
        try {
            if (file.format() == Format.PARQUET) {
                MessageType schema = schema(file, hadoop);
                return new FileProbe(
                        file,
                        ParquetColumn.of(schema).stream()
                                .map(ParquetColumn::name)
                                .toList(),
                        null,
                        schema);
            }
            TextStart text = TextStart.read(file, source, format, hadoop);
            if (text.isEmpty()) {
                throw empty(file);
            }
            if (file.format() == Format.CSV) {
                return new FileProbe(file, text.columns(), text, null);
            }
            text.requireObjectsInLines();
            return new FileProbe(file, text.fields(), text, null);
        } catch (IOException failure) {
            throw unreadable(file, failure);
        }
    }

    private static MessageType schema(LandingFile file, Configuration hadoop) throws IOException {
        try (ParquetFileReader reader =
                ParquetFileReader.open(HadoopInputFile.fromPath(new Path(file.path()), hadoop))) {
            return reader.getFileMetaData().getSchema();
        } catch (RuntimeException notParquet) {
            throw KocException.input(
                            "landing " + file.name() + ": not a Parquet file",
                            String.valueOf(notParquet.getMessage()),
                            "land the file again, or correct the ending of its name")
                    .causedBy(notParquet);
        }
    }

    /** A file that cannot be read, or not to its end. */
    static KocException unreadable(LandingFile file, IOException failure) {
        return KocException.input(
                        "landing " + file.name() + ": cannot be read to its end",
                        String.valueOf(failure.getMessage()),
                        failure instanceof LineReader.LongLine
                                ? "write one row or object on each line"
                                : "land the file again, or let its name begin with _ to ignore it")
                .causedBy(failure);
    }

    private static KocException empty(LandingFile file) {
        return KocException.input(
                "landing " + file.name() + ": the file is empty",
                "expected " + (file.format() == Format.CSV ? "a header line and rows" : "at least one row"),
                "land the file again, or let its name begin with _ to ignore it");
    }
}
