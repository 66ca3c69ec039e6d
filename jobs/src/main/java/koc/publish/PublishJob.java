package koc.publish;

import com.typesafe.config.Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import koc.error.KocException;
import koc.run.Job;
import koc.run.JobRun;
import koc.tables.Catalog;
import koc.tables.CleanTables;
import koc.tables.ReportTables;
import koc.text.Texts;
import koc.warehouse.Table;
import koc.warehouse.Warehouse;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Copies the published tables of a day to plain Parquet that any tool can read, all or nothing.
 *
 * <p>Reads every table that is declared published, and the files of the report job. Writes no table of the warehouse but the
 * folder {@code published}: one folder for each table with its rows sorted by key, the files, dictionary.md and run.json. The
 * last says what the run found; it also goes into the report.
 */
public final class PublishJob implements Job {
    private final PublishSettings settings;
    private final List<Table> published;
    private final Optional<Table> fileTable;

    /** Publishes all tables that are declared published, and the files for people. */
    public PublishJob(Config config) {
        this(config, Catalog.published(), Optional.of(ReportTables.PUBLISHED_FILES));
    }

    /** Publishes these tables only, and the files in this table. */
    PublishJob(Config config, List<Table> published, Optional<Table> fileTable) {
        this.settings = PublishSettings.from(config);
        this.published = published;
        this.fileTable = fileTable;
    }

    @Override
    public String name() {
        return "publish";
    }

    @Override
    public Set<Table> reads() {
        return Stream.of(published, fileTable.stream().toList(), CleanTables.OPTIONAL_SOURCES)
                .flatMap(List::stream)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Set<Table> writes() {
        return Set.of();
    }

    @Override
    public void run(JobRun run) {
        Path warehouseFolder = new Path(run.warehouse().folder());
        try {
            FileSystem files = warehouseFolder.getFileSystem(
                    run.warehouse().spark().sparkContext().hadoopConfiguration());
            PublishTarget target = PublishTarget.create(layout(files), files, warehouseFolder);
            Optional<LocalDate> publishedDay = day(files, target.current());
            if (!run.force() && publishedDay.filter(run.day()::isBefore).isPresent()) {
                run.progress()
                        .note(
                                name(),
                                "not published: readers see " + publishedDay.get() + ", and a backfill of " + run.day()
                                        + " does not replace a later day; use --force to publish it anyway");
                return;
            }
            requireCompleteRun(run.warehouse(), run.day());
            PublishedRun written = publish(run, files, target);
            run.progress().note(name(), "published " + run.day() + ": " + rowCounts(written));
        } catch (IOException failure) {
            throw KocException.usage(
                            "published in " + warehouseFolder + ": could not be written (" + failure.getMessage() + ")",
                            "publish must be allowed to create, rename and delete in the warehouse",
                            "correct that and run again: koc publish --date " + run.day()
                                    + "; readers still see the previous run")
                    .causedBy(failure);
        }
    }

    private PublishLayout layout(FileSystem files) {
        return settings.layout()
                .orElseGet(() -> PublishLayout.defaultFor(files.getUri().getScheme()));
    }

    /** Writes the run to a staging folder and reveals it; deletes the folder when either fails. */
    private PublishedRun publish(JobRun run, FileSystem files, PublishTarget target) throws IOException {
        Path staged = target.stage(run.day());
        try {
            RunWriter writer = new RunWriter(run.warehouse(), files, settings.rowsPerFile());
            SortedMap<String, Long> rows = writer.write(published, run.day(), staged);
            PublishedRun written = new PublishedRun(
                    run.day(),
                    rows,
                    RunFindings.collect(run.warehouse(), run.day(), published, rows, Texts.of(settings.language()))
                            .json());
            if (fileTable.isPresent()) {
                new FileCopy(files, staged, written).write(run.warehouse().read(fileTable.get(), run.day()));
            }
            // Last: the folder counts as complete once it has this file.
            written.write(files, staged);
            writer.removeChecksums(staged);
            target.reveal(staged);
            return written;
        } catch (UncheckedIOException failure) {
            deleteAfter(failure, files, staged);
            throw new IOException(failure.getMessage(), failure);
        } catch (Exception | Error failure) { // Spark throws checked exceptions that Scala does not declare.
            deleteAfter(failure, files, staged);
            throw failure;
        }
    }

    private static String rowCounts(PublishedRun run) {
        return run.rows().entrySet().stream()
                .map(table -> table.getKey() + " " + table.getValue())
                .collect(Collectors.joining(", ", "", " rows"));
    }

    private void requireCompleteRun(Warehouse warehouse, LocalDate day) {
        List<String> missing = Stream.concat(published.stream(), fileTable.stream())
                .map(Table::job)
                .distinct()
                .filter(job -> !warehouse.hasCompleted(day, job))
                .toList();
        if (!missing.isEmpty()) {
            throw KocException.input(
                    "published, " + day + ": the jobs " + missing
                            + " have not run for it, or not to their end since a job before them ran",
                    "readers would see half a run, and see the previous publication instead",
                    "run them first, with --jobs " + String.join(",", missing) + ",publish");
        }
    }

    /** The day that readers see. */
    private static Optional<LocalDate> day(FileSystem files, Optional<Path> current) throws IOException {
        return current.isEmpty()
                ? Optional.empty()
                : Optional.of(PublishedRun.read(files, current.get()).day());
    }

    private static void deleteAfter(Throwable failure, FileSystem files, Path staged) {
        try {
            files.delete(staged, true);
        } catch (IOException alsoFailed) {
            failure.addSuppressed(alsoFailed);
        }
    }
}
