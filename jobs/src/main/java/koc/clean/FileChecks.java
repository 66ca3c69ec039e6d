package koc.clean;

import static koc.clean.RowChecks.FILE;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import koc.error.KocException;
import koc.source.LandingFile;
import koc.source.LandingReader;
import koc.source.RecordCount;
import koc.source.RecordCounts;
import koc.source.SourceFormat;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Checks that every record of every listed file was read, once. The records are counted in the bytes of the files, by code
 * that the reader does not use.
 */
final class FileChecks {
    static final String LISTED = "files_listed";
    static final String READ = "files_read";
    static final String COUNTED = "records_counted";
    static final String COVERED = "records_read";
    static final String BLANK = "blank_rows";
    static final String REPEATED_HEADERS = "repeated_headers";

    private final CleanRun cleanRun;
    private final Collection<CleanedSource> sources;
    private final ArrivalCounts arrivalCounts;

    /** @param arrivalCounts receives the rows read, and the counts of files and their records */
    FileChecks(CleanRun cleanRun, Collection<CleanedSource> sources, ArrivalCounts arrivalCounts) {
        this.cleanRun = cleanRun;
        this.sources = sources;
        this.arrivalCounts = arrivalCounts;
    }

    /** Counts the rows read, and requires that they cover every record of every listed file. */
    void check() {
        Map<String, Long> covered = countRead();
        Map<String, RecordCount> counted =
                RecordCounts.count(cleanRun.warehouse().spark(), listedFiles());
        for (CleanedSource cleaned : sources) {
            for (LandingFile file : cleaned.arrivals().files()) {
                RecordCount count = Objects.requireNonNull(counted.get(file.name()));
                Long rows = covered.remove(file.name());
                long read = rows == null ? 0 : rows;
                requireAll(file, count.records(), read);
                add(cleaned.source(), file, count, read);
            }
            noteLinesThatAreNoRows(cleaned.source());
        }
        if (!covered.isEmpty()) {
            throw KocException.input(
                    "landing: rows were read from files that were not listed",
                    "found " + covered.keySet(),
                    "do not change the landing folder during a run, and run again");
        }
    }

    /** The number of rows that a read row stands for: a malformed one may have swallowed several. */
    static Column rows() {
        return when(col(LandingReader.MALFORMED).isNull(), lit(1))
                .otherwise(greatest(col(LandingReader.COVERED), lit(1)));
    }

    private Map<LandingFile, SourceFormat> listedFiles() {
        Map<LandingFile, SourceFormat> files = new LinkedHashMap<>();
        sources.forEach(cleaned -> cleaned.arrivals()
                .files()
                .forEach(file -> files.put(file, cleanRun.fileFormats().of(cleaned.source()))));
        return files;
    }

    /**
     * Counts the rows read by source and arrival, and the rows with each remark. Returns how many records of each file the
     * rows cover.
     */
    private Map<String, Long> countRead() {
        Dataset<Row> read = sources.stream()
                .map(cleaned -> cleaned.readRows()
                        .select(
                                lit(cleaned.source().name()).as("source"),
                                col("arrived"),
                                col(FILE),
                                col(Remarks.COLUMN),
                                rows().as("rows"),
                                col(LandingReader.COVERED).as("covered")))
                .reduce(Dataset::union)
                .orElseThrow();
        Map<String, Long> covered = new TreeMap<>();
        for (Row row : read.groupBy("source", "arrived", FILE, Remarks.COLUMN)
                .agg(sum("rows"), sum("covered"))
                .collectAsList()) {
            RowCounts ofSource = arrivalCounts.counts(Source.valueOf(row.getString(0)));
            LocalDate arrived = row.getDate(1).toLocalDate();
            ofSource.add(arrived, RowCounts.READ, row.getLong(4));
            if (!row.isNullAt(3)) {
                Remarks.split(row.getString(3))
                        .forEach(remark -> ofSource.add(arrived, Remarks.check(remark), row.getLong(4)));
            }
            covered.merge(row.getString(2), row.getLong(5), Long::sum);
        }
        return covered;
    }

    private static void requireAll(LandingFile file, long counted, long read) {
        if (counted != read) {
            throw KocException.input(
                    String.format(
                            Locale.ROOT,
                            "landing %s: %,d records were read of the %,d that were counted",
                            file.name(),
                            read,
                            counted),
                    "every record must be read once, kept or rejected",
                    "do not change the landing folder during a run; if it did not change, report this file as a bug");
        }
    }

    private void add(Source source, LandingFile file, RecordCount count, long read) {
        LocalDate arrived = file.arrived() == null ? cleanRun.day() : file.arrived();
        RowCounts counts = arrivalCounts.counts(source);
        counts.add(arrived, LISTED, 1);
        counts.add(arrived, READ, 1);
        counts.add(arrived, COUNTED, count.records());
        counts.add(arrived, COVERED, read);
        if (count.blankRows() > 0) {
            counts.add(arrived, BLANK, count.blankRows());
        }
        if (count.repeatedHeaders() > 0) {
            counts.add(arrived, REPEATED_HEADERS, count.repeatedHeaders());
        }
    }

    private void noteLinesThatAreNoRows(Source source) {
        RowCounts counts = arrivalCounts.counts(source);
        if (counts.rows(BLANK) + counts.rows(REPEATED_HEADERS) > 0) {
            cleanRun.note(String.format(
                    Locale.ROOT,
                    "%s: %,d empty rows and %,d repeated header lines are no rows",
                    source.folder(),
                    counts.rows(BLANK),
                    counts.rows(REPEATED_HEADERS)));
        }
    }
}
