package koc.clean;

import java.time.LocalDate;
import koc.source.LandedRows;
import koc.source.LandingReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Reads the files of a source's arrivals and checks each row by itself. */
final class ArrivalReader {
    private final CleanRun cleanRun;

    ArrivalReader(CleanRun cleanRun) {
        this.cleanRun = cleanRun;
    }

    /** The rows of these arrivals as {@link RowChecks#check} returns them, with a hash of their identity. */
    Dataset<Row> readWithIdentityHash(SourceArrivals arrivals) {
        return Duplicates.withIdentityHash(read(arrivals), arrivals.source());
    }

    /** The rows of these arrivals as {@link RowChecks#check} returns them. */
    Dataset<Row> read(SourceArrivals arrivals) {
        Source source = arrivals.source();
        LocalDate epoch = cleanRun.settings().epoch();
        LocalDate lastDay = arrivals.folder().isFlat() ? cleanRun.day() : null;
        return landedRows(arrivals).parts().stream()
                .map(part -> RowChecks.check(part, source, cleanRun.formats().of(source), epoch, lastDay))
                .reduce(Dataset::unionByName)
                .orElseGet(() -> RowChecks.withoutRows(cleanRun.warehouse().empty(source.table()), source));
    }

    private LandedRows landedRows(SourceArrivals arrivals) {
        Source source = arrivals.source();
        CleanSettings settings = cleanRun.settings();
        LandedRows landed = LandingReader.read(
                cleanRun.warehouse().spark(),
                arrivals.folder(),
                arrivals.files(),
                source.schema(settings.namesIn(source)),
                cleanRun.day(),
                cleanRun.fileFormats().of(source));
        if (!landed.unknownColumns().isEmpty()) {
            cleanRun.note(source.folder() + ": unknown columns are ignored: " + landed.unknownColumns());
        }
        landed.notes().forEach(cleanRun::note);
        return landed;
    }
}
