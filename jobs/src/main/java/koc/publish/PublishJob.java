package koc.publish;

import static org.apache.spark.sql.functions.col;

import com.typesafe.config.Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import koc.error.KocException;
import koc.run.Job;
import koc.run.JobRun;
import koc.spark.Parallel;
import koc.tables.Catalog;
import koc.warehouse.Dictionary;
import koc.warehouse.Table;
import koc.warehouse.Warehouse;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Copies the day's published tables to plain Parquet that anything can read, all or nothing. Reads every table that is
 * declared published; writes no Delta table but the folder {@code published}: one folder a table, the rows sorted by
 * key, one file while they are few, beside them dictionary.md and run.json.
 */
public final class PublishJob implements Job {
    private final PublishSettings settings;
    private final List<Table> published;

    /** A job with the settings of {@code koc.publish}, for all tables that are declared published. */
    public PublishJob(Config config) {
        this(config, Catalog.published());
    }

    /** A job for these tables only. */
    PublishJob(Config config, List<Table> published) {
        this.settings = PublishSettings.from(config);
        this.published = published;
    }

    @Override
    public String name() {
        return "publish";
    }

    @Override
    public Set<Table> reads() {
        return Set.copyOf(published);
    }

    @Override
    public Set<Table> writes() {
        return Set.of();
    }

    @Override
    public void run(JobRun run) {
        Warehouse tables = run.tables();
        Path warehouse = new Path(tables.warehouse());
        try {
            FileSystem files =
                    warehouse.getFileSystem(tables.spark().sparkContext().hadoopConfiguration());
            Layout layout =
                    settings.layout().orElseGet(() -> Layout.of(files.getUri().getScheme()));
            Place place = Place.of(layout, files, warehouse);
            Optional<LocalDate> standing = day(files, place.current());
            if (!run.force() && standing.filter(run.day()::isBefore).isPresent()) {
                run.progress()
                        .note(
                                name(),
                                "not published: readers see " + standing.get() + ", and a backfill of " + run.day()
                                        + " does not hide a later day; --force publishes it all the same");
                return;
            }
            requireWholeRun(tables, run.day());
            Path staged = place.stage(run.day());
            PublishedRun done;
            try {
                done = write(tables, run.day(), files, staged);
                place.reveal(staged);
            } catch (UncheckedIOException failure) {
                removeAfter(failure, files, staged);
                throw new IOException(failure.getMessage(), failure);
            } catch (IOException | RuntimeException failure) {
                removeAfter(failure, files, staged);
                throw failure;
            }
            run.progress()
                    .note(
                            name(),
                            "published " + run.day() + ": "
                                    + done.rows().entrySet().stream()
                                            .map(table -> table.getKey() + " " + table.getValue())
                                            .collect(Collectors.joining(", ", "", " rows")));
        } catch (IOException failure) {
            throw KocException.usage(
                            "published in " + warehouse + ": could not be written (" + failure.getMessage() + ")",
                            "publish needs a warehouse in which it may create, rename and delete",
                            "mend that and run again: koc publish --date " + run.day()
                                    + "; readers still see the run before")
                    .causedBy(failure);
        }
    }

    private void requireWholeRun(Warehouse tables, LocalDate day) {
        List<String> missing = published.stream()
                .map(Table::job)
                .distinct()
                .filter(job -> !tables.hasRun(day, job))
                .toList();
        if (!missing.isEmpty()) {
            throw KocException.input(
                    "published, " + day + ": the jobs " + missing
                            + " have not run for it, or not since a job before them ran again",
                    "readers would see half a run",
                    "run them first: koc run --date " + day);
        }
    }

    /** The day that readers see. */
    private static Optional<LocalDate> day(FileSystem files, Optional<Path> current) throws IOException {
        return current.isEmpty()
                ? Optional.empty()
                : Optional.of(PublishedRun.read(files, current.get()).day());
    }

    private PublishedRun write(Warehouse tables, LocalDate day, FileSystem files, Path staged) throws IOException {
        Map<String, Long> counts = new ConcurrentHashMap<>();
        Parallel.run(published.stream()
                .map(table -> (Runnable) () -> {
                    Warehouse own = tables.counting();
                    Dataset<Row> rows = own.read(table, day);
                    long count = own.rowsRead();
                    tables.countRowsRead(count);
                    write(table, rows, count, files, staged);
                    counts.put(table.name(), count);
                })
                .toArray(Runnable[]::new));
        PublishedRun.writeText(files, new Path(staged, "dictionary.md"), Dictionary.markdown(published));
        PublishedRun whole = new PublishedRun(day, new TreeMap<>(counts));
        whole.write(files, staged);
        removeChecksums(files, staged);
        return whole;
    }

    private void write(Table table, Dataset<Row> rows, long count, FileSystem files, Path staged) {
        Path folder = new Path(staged, table.name());
        inFiles(table, rows, count)
                .write()
                .option("compression", "zstd")
                .option("mapreduce.fileoutputcommitter.marksuccessfuljobs", "false")
                .parquet(folder.toString());
        try {
            removeChecksums(files, folder);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The declared columns with their comments, sorted by key, in one part or as many as the count asks for. */
    private Dataset<Row> inFiles(Table table, Dataset<Row> rows, long count) {
        Column[] columns = Arrays.stream(table.schema().fields())
                .map(field -> col(field.name()).as(field.name(), field.metadata()))
                .toArray(Column[]::new);
        Column[] key = table.key().stream().map(name -> col(name)).toArray(Column[]::new);
        int parts = (int) Math.max(1, (count + settings.rowsPerFile() - 1) / settings.rowsPerFile());
        Dataset<Row> declared = rows.select(columns);
        return (parts == 1 ? declared.coalesce(1) : declared.repartitionByRange(parts, key)).sortWithinPartitions(key);
    }

    /** Hadoop leaves a hidden checksum beside every file on a local disk, which is of no use to readers. */
    private static void removeChecksums(FileSystem files, Path folder) throws IOException {
        if (!files.getUri().getScheme().equals("file")) {
            return;
        }
        FileSystem disk = FileSystem.getLocal(files.getConf()).getRawFileSystem();
        for (FileStatus file : disk.listStatus(folder)) {
            if (file.isFile() && file.getPath().getName().endsWith(".crc")) {
                disk.delete(file.getPath(), false);
            }
        }
    }

    private static void removeAfter(Exception failure, FileSystem files, Path staged) {
        try {
            files.delete(staged, true);
        } catch (IOException alsoFailed) {
            failure.addSuppressed(alsoFailed);
        }
    }
}
