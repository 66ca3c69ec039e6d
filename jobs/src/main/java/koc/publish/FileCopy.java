package koc.publish;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Puts the files for people together from their parts. */
final class FileCopy {
    /** A local iterator brings one partition after the other to the driver. */
    private static final int PARTITIONS = 64;

    private FileCopy() {}

    /**
     * Writes every file to its path below the folder. The driver holds one partition of the parts at a time: about a
     * 64th of all.
     *
     * @param parts rows of {@code published_files} of one day
     */
    static void write(Dataset<Row> parts, FileSystem files, Path folder) throws IOException {
        FileSystem target = files.getScheme().equals("file")
                ? FileSystem.getLocal(files.getConf()).getRawFileSystem() // without hidden checksum files
                : files;
        Iterator<Row> sorted = parts.select("path", "part", "content")
                .repartitionByRange(PARTITIONS, col("path"), col("part"))
                .sortWithinPartitions("path", "part")
                .toLocalIterator();
        String open = "";
        OutputStream stream = OutputStream.nullOutputStream();
        try {
            while (sorted.hasNext()) {
                Row part = sorted.next();
                if (!part.getString(0).equals(open)) {
                    stream.close();
                    open = part.getString(0);
                    stream = target.create(new Path(folder, open), true);
                }
                stream.write(part.<byte[]>getAs("content"));
            }
        } finally {
            stream.close();
        }
    }
}
