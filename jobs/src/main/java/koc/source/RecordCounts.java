package koc.source;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/** Counts the records of landing files, to check that the reader has read all of them. */
public final class RecordCounts {
    private static final int BUFFER_BYTES = 1 << 16;

    private RecordCounts() {}

    /**
     * Counts the records of each file, in parallel.
     *
     * @param files the files; one that two sources read is there twice, as the sources may read it differently
     * @return one count for each, in the order of the files
     */
    public static List<RecordCount> count(SparkSession spark, List<FormattedFile> files) {
        if (files.isEmpty()) {
            return List.of();
        }
        SerializableConfiguration hadoop =
                new SerializableConfiguration(spark.sessionState().newHadoopConf());
        int slices = Math.min(files.size(), 4 * spark.sparkContext().defaultParallelism());
        return JavaSparkContext.fromSparkContext(spark.sparkContext())
                .parallelize(files, slices)
                .map(one -> count(one.file(), one.format(), hadoop.value()))
                .collect();
    }

    /** Counts the records of a file. */
    static RecordCount count(LandingFile file, SourceFormat format, Configuration hadoop) {
        try {
            if (file.format() == Format.PARQUET) {
                try (ParquetFileReader reader =
                        ParquetFileReader.open(HadoopInputFile.fromPath(new Path(file.path()), hadoop))) {
                    return new RecordCount(reader.getRecordCount(), 0, 0);
                }
            }
            try (InputStream in = file.open(hadoop, 0)) {
                return count(in, file.format(), format);
            }
        } catch (IOException failure) {
            throw FileProbe.unreadable(file, failure);
        }
    }

    private static RecordCount count(InputStream raw, Format fileFormat, SourceFormat format) throws IOException {
        PushbackInputStream in = new PushbackInputStream(raw, FileEncoding.MARK_BYTES);
        byte[] first = in.readNBytes(FileEncoding.MARK_BYTES);
        FileEncoding encoding = FileEncoding.of(first, format.encoding());
        in.unread(first, encoding.markBytes(), first.length - encoding.markBytes());
        RecordCounter counter = new RecordCounter(fileFormat, format, encoding.charset());
        return hasSingleByteSigns(fileFormat, encoding)
                ? countBytes(in, counter)
                : countCharacters(new InputStreamReader(in, encoding.charset()), counter);
    }

    /** Whether a byte with the value of a sign of the format is always that sign. */
    private static boolean hasSingleByteSigns(Format fileFormat, FileEncoding encoding) {
        boolean isSingleByte =
                encoding.isUtf8() || encoding.charset().newEncoder().maxBytesPerChar() <= 1;
        // In GBK and its like, the second byte of a character may be a brace, but no line break, quote or comma.
        return encoding.unitBytes() == 1 && (isSingleByte || fileFormat == Format.CSV);
    }

    private static RecordCount countBytes(InputStream in, RecordCounter counter) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            counter.take(buffer, read);
        }
        return counter.end();
    }

    private static RecordCount countCharacters(Reader characters, RecordCounter counter) throws IOException {
        try (BufferedReader in = new BufferedReader(characters)) {
            for (int one = in.read(); one >= 0; one = in.read()) {
                counter.take(one);
            }
        }
        return counter.end();
    }
}
