package koc.publish;

import static org.apache.spark.sql.functions.col;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import koc.run.PublishedFiles;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Puts the files for people together from their parts. A page of HTML says what run.json says, where it has the place for it
 * ({@link PublishedFiles#RUN_SLOT}).
 */
final class FileCopy {
    /** A local iterator brings one partition after the other to the driver. */
    private static final int PARTITIONS = 64;

    private final FileSystem target;
    private final Path folder;
    private final PublishedRun run;

    /**
     * A copy into this folder.
     *
     * @param run what pages say about the run
     */
    FileCopy(FileSystem files, Path folder, PublishedRun run) throws IOException {
        this.target = files.getScheme().equals("file")
                ? FileSystem.getLocal(files.getConf()).getRawFileSystem() // without hidden checksum files
                : files;
        this.folder = folder;
        this.run = run;
    }

    /**
     * Writes every file to its path below the folder. The driver holds one partition of the parts at a time: about a
     * 64th of all, and one page.
     *
     * @param parts rows of {@code published_files} of one day
     */
    void write(Dataset<Row> parts) throws IOException {
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
                    stream = create(open);
                }
                stream.write(part.<byte[]>getAs("content"));
            }
        } finally {
            stream.close();
        }
    }

    private OutputStream create(String path) throws IOException {
        OutputStream file = target.create(new Path(folder, path), true);
        return path.endsWith(".html") ? new Page(file, run) : file;
    }

    /** A page of HTML, which is held until it is whole. */
    private static final class Page extends ByteArrayOutputStream {
        private final OutputStream file;
        private final PublishedRun run;

        Page(OutputStream file, PublishedRun run) {
            this.file = file;
            this.run = run;
        }

        @Override
        public void close() throws IOException {
            String page = toString(StandardCharsets.UTF_8);
            try (file) {
                file.write(page.replace(PublishedFiles.RUN_SLOT, PublishedFiles.runElement(run.forPage()))
                        .getBytes(StandardCharsets.UTF_8));
            }
        }
    }
}
