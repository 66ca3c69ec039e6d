package koc.clean;

import com.typesafe.config.Config;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import koc.rules.BrandTiers;
import koc.run.Job;
import koc.run.JobRun;
import koc.source.RecordCount;
import koc.spark.Checkpoints;
import koc.spark.Parallel;
import koc.tables.CleanTables;
import koc.warehouse.Table;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Checks the rows of the landing folder, and writes the accepted ones to typed tables and the others to rejects.
 *
 * <p>Reads the landing folder and its own tables of earlier arrivals. Writes events, refunds, users, products, ties,
 * costs, assets and campaigns, and their summaries rejects, unread_values, arrival_files, arrival_checks
 * and data_quality.
 */
public final class CleanJob implements Job {
    private final CleanSettings settings;
    private final FileFormats fileFormats;
    private final ValueFormats formats;

    public CleanJob(Config config) {
        this.settings = CleanSettings.from(config);
        this.fileFormats = FileFormats.from(config);
        this.formats = ValueFormats.from(config);
    }

    @Override
    public String name() {
        return "clean";
    }

    @Override
    public Set<Table> reads() {
        return Set.of();
    }

    @Override
    public Set<Table> readsPrevious() {
        return Set.of(
                CleanTables.EVENTS,
                CleanTables.REFUNDS,
                CleanTables.USERS,
                CleanTables.PRODUCTS,
                CleanTables.TIES,
                CleanTables.COSTS,
                CleanTables.ASSETS,
                CleanTables.CAMPAIGNS,
                CleanTables.REJECTS,
                CleanTables.ARRIVAL_FILES,
                CleanTables.ARRIVAL_CHECKS,
                CleanTables.DATA_QUALITY);
    }

    @Override
    public Set<Table> writes() {
        return Set.of(
                CleanTables.EVENTS,
                CleanTables.REFUNDS,
                CleanTables.USERS,
                CleanTables.PRODUCTS,
                CleanTables.TIES,
                CleanTables.COSTS,
                CleanTables.ASSETS,
                CleanTables.CAMPAIGNS,
                CleanTables.REJECTS,
                CleanTables.UNREAD_VALUES,
                CleanTables.ARRIVAL_FILES,
                CleanTables.ARRIVAL_CHECKS,
                CleanTables.DATA_QUALITY);
    }

    /** Rejects are written even when the input fails its checks, so that a user can look at them. */
    @Override
    public void run(JobRun run) {
        try (Checkpoints checkpoints = new Checkpoints()) {
            CleanRun cleanRun = new CleanRun(run, settings, fileFormats, formats, checkpoints);
            ArrivalCounts earlierCounts = ArrivalCounts.read(run.warehouse());
            Map<Source, CleanedSource> sources = cleanSources(cleanRun, earlierCounts);
            CleanedSource events = Objects.requireNonNull(sources.get(Source.EVENTS));

            RowTotals totals = count(cleanRun, sources.values());
            ArrivalCounts counts = totals.counts();
            UnreadValues unread = new UnreadValues(cleanRun, counts);
            Parallel.run(
                    () -> RejectedRows.write(cleanRun, sources.values(), counts), () -> unread.write(sources.values()));

            InputChecks inputChecks = new InputChecks(cleanRun);
            inputChecks.requireFewRejects(sources, counts);
            inputChecks.requireEventsOnDay(events, totals);

            new AcceptedRows(cleanRun, counts).write(sources);
            unread.report(sources.values());
            writeSummaries(cleanRun, sources, counts, earlierCounts);
        }
    }

    /** Cleans the products first, because events refer to them, then the events and all other sources at once. */
    private static Map<Source, CleanedSource> cleanSources(CleanRun cleanRun, ArrivalCounts earlierCounts) {
        ArrivalReader reader = new ArrivalReader(cleanRun);
        Map<Source, SourceArrivals> arrivals = new EnumMap<>(
                new ArrivalSelection(cleanRun, earlierCounts, ArrivalFiles.read(cleanRun.warehouse())).select());
        SourceArrivals products = Objects.requireNonNull(arrivals.remove(Source.PRODUCTS));
        SourceArrivals events = Objects.requireNonNull(arrivals.remove(Source.EVENTS));
        SmallSourceCleaning cleaning = new SmallSourceCleaning(cleanRun, reader);
        Parallel.Task<Map<Source, CleanedSource>> first = cleaning.prepare(List.of(products));
        Parallel.Task<Map<Source, CleanedSource>> others = cleaning.prepare(arrivals.values());
        first.run();
        Dataset<Row> described = DescribedProducts.list(
                cleanRun, Objects.requireNonNull(first.result().get(Source.PRODUCTS)));
        Parallel.Task<CleanedSource> cleanedEvents = new Parallel.Task<>(() -> {
            SourceArrivals extended = new RecleanSelection(
                            cleanRun, reader, earlierCounts.arrivals(Source.EVENTS), described)
                    .extend(events);
            return new EventCleaning(cleanRun, reader, described).clean(extended);
        });
        Parallel.run(others, cleanedEvents);
        Map<Source, CleanedSource> all = new EnumMap<>(first.result());
        all.putAll(others.result());
        all.put(Source.EVENTS, cleanedEvents.result());
        return all;
    }

    /** Counts the rows read, and requires that they are all that the files contain. */
    private static RowTotals count(CleanRun cleanRun, Collection<CleanedSource> sources) {
        Parallel.Task<RowTotals> rows = new Parallel.Task<>(() -> RowTotals.count(sources, cleanRun.day()));
        Parallel.Task<Map<SourceFile, RecordCount>> records =
                new Parallel.Task<>(() -> FileChecks.countRecords(cleanRun, sources));
        Parallel.run(rows, records);
        RowTotals totals = rows.result();
        new FileChecks(cleanRun, sources, totals.counts()).check(totals.covered(), records.result());
        return totals;
    }

    private static void writeSummaries(
            CleanRun cleanRun, Map<Source, CleanedSource> sources, ArrivalCounts counts, ArrivalCounts earlierCounts) {
        Warehouse warehouse = cleanRun.warehouse();
        List<SourceArrivals> cleaned =
                sources.values().stream().map(CleanedSource::arrivals).toList();
        Parallel.Task<Row> brandTiers = new Parallel.Task<>(
                () -> BrandTiers.countDeviating(warehouse.readLatest(CleanTables.PRODUCTS, cleanRun.day())));
        Parallel.run(
                brandTiers,
                () -> EventReferences.add(cleanRun, sources, counts),
                () -> Refunds.write(
                        warehouse,
                        Objects.requireNonNull(sources.get(Source.EVENTS)).arrivals()),
                () -> ArrivalFiles.write(warehouse, cleaned, cleanRun.day()));
        earlierCounts.replace(cleaned, counts);
        QualityReport quality =
                new QualityReport(cleanRun.day(), cleanRun.settings(), QualityHistory.read(warehouse, cleanRun.day()));
        List<Row> qualityRows = new ArrayList<>(quality.rows(earlierCounts));
        quality.brandTiers(brandTiers.result()).ifPresent(qualityRows::add);
        warehouse.write(CleanTables.DATA_QUALITY, cleanRun.day(), qualityRows);
        counts.write(warehouse, cleaned);
    }
}
