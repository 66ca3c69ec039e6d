package koc.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import koc.run.Job;
import koc.run.JobRun;
import koc.run.PublishedFiles;
import koc.tables.ReportTables;
import koc.warehouse.Table;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Makes the files that people open, and stores them for publication. */
public final class ReportJob implements Job {
    private static final int PART_BYTES = 1 << 20;

    private final List<PublishedFiles> writers;

    /** Runs these writers, one after the other. */
    public ReportJob(List<PublishedFiles> writers) {
        this.writers = List.copyOf(writers);
    }

    @Override
    public String name() {
        return "report";
    }

    @Override
    public Set<Table> reads() {
        return writers.stream().flatMap(files -> files.reads().stream()).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Set<Table> readsPrevious() {
        return writers.stream()
                .flatMap(files -> files.readsPrevious().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Set<Table> writes() {
        return Set.of(ReportTables.PUBLISHED_FILES);
    }

    @Override
    public void run(JobRun run) {
        try {
            Path folder = Files.createTempDirectory("koc-report");
            try {
                for (PublishedFiles files : writers) {
                    files.write(run, folder);
                }
                run.warehouse().write(ReportTables.PUBLISHED_FILES, run.day(), parts(folder, run.day()));
            } finally {
                delete(folder);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(
                    "the files for people could not be written to the temporary folder", failure);
        }
    }

    /** One row for each MiB of each file in the folder. */
    static List<Row> parts(Path folder, LocalDate day) throws IOException {
        List<Row> rows = new ArrayList<>();
        for (Path file : filesIn(folder)) {
            String path = folder.relativize(file).toString().replace('\\', '/');
            try (InputStream bytes = Files.newInputStream(file)) {
                int part = 0;
                byte[] content = bytes.readNBytes(PART_BYTES);
                do {
                    part++;
                    rows.add(RowFactory.create(Date.valueOf(day), path, part, content));
                    content = bytes.readNBytes(PART_BYTES);
                } while (content.length > 0);
            }
        }
        return rows;
    }

    private static List<Path> filesIn(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
