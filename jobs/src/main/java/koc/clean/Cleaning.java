package koc.clean;

import static koc.clean.RowChecks.FILE;
import static koc.clean.RowChecks.VERDICT;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.get_json_object;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import koc.error.KocException;
import koc.run.JobRun;
import koc.source.LandedRows;
import koc.source.Landing;
import koc.source.LandingReader;
import koc.source.SourceFolder;
import koc.spark.Checkpoints;
import koc.spark.Parallel;
import koc.tables.CleanTables;
import koc.text.Texts;
import koc.warehouse.Table;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/** One run of the clean job: what it reads, the order in which it judges, what it writes when, and what it caches. */
final class Cleaning implements AutoCloseable {
    private static final LocalDate ALWAYS = LocalDate.of(1, 1, 1);
    private static final LocalDate END_OF_TIME = LocalDate.of(9999, 12, 31);
    private static final int SAMPLES = 3;
    /** Hashes of eight bytes that every task can hold: a table of some 30 MB. */
    private static final long MAX_SENT_EVERYWHERE = 1_000_000;

    private final JobRun run;
    private final CleanSettings settings;
    private final Warehouse tables;
    private final Map<Source, Scope> scopes = new EnumMap<>(Source.class);
    private final Map<Source, Dataset<Row>> checked = new EnumMap<>(Source.class);
    private final Map<Source, Dataset<Row>> judged = new EnumMap<>(Source.class);
    private final Map<Source, Tally> tallies = new EnumMap<>(Source.class);
    /** Released when the run ends. */
    private final Checkpoints checkpoints = new Checkpoints();

    Cleaning(JobRun run, CleanSettings settings) {
        this.run = run;
        this.settings = settings;
        this.tables = run.tables();
    }

    @Override
    public void close() {
        checkpoints.close();
    }

    /** Rejects are written whatever comes of the run, so that a user can look at them; the rest only when it holds. */
    void clean() {
        ArrivalLog log = ArrivalLog.read(tables);
        findScopes(log);
        judgeSmallSources();
        Dataset<Row> products = products();
        addArrivalsToCleanAgain(log, products);
        judged.put(Source.EVENTS, judgedEvents(products));

        Dataset<Row> turnedAway = checkpoints.cache(turnedAway());
        tally(turnedAway);
        tables.write(CleanTables.REJECTS, rejects(turnedAway), ArrivalLog.slice(scopes.values()));
        requireFewRejects();
        requireEventsOnTheDay();

        writeAccepted();
        Parallel.run(this::writeRefunds, () -> writeQuality(log));
        ArrivalLog.write(tables, scopes.values(), tallies);
    }

    private void findScopes(ArrivalLog log) {
        if (run.landing() == null) {
            throw KocException.usage(
                    "clean: no landing folder",
                    "expected the folder with one folder a source",
                    "name it with --landing");
        }
        Landing landing =
                Landing.at(run.landing(), tables.spark().sessionState().newHadoopConf());
        for (Source source : Source.values()) {
            Optional<SourceFolder> folder = landing.source(source.folder())
                    .filter(found -> !found.files().isEmpty());
            if (folder.isPresent()) {
                Scope scope = Scope.of(source, folder.get(), run.day(), run.from(), log.cleaned(source));
                scopes.put(source, scope);
                if (source.isNeeded()
                        && scope.files().isEmpty()
                        && log.cleaned(source).headSet(run.day(), true).isEmpty()) {
                    throw KocException.input(
                            "landing " + folder.get().path() + ": nothing arrived up to " + run.day(),
                            "found arrivals " + folder.get().arrivals(),
                            "land an arrival, or run a later --date");
                }
            } else if (source.isNeeded()) {
                throw KocException.input(
                        "landing " + run.landing() + "/" + source.folder() + ": no files",
                        "events, users and products are needed to run",
                        "land CSV, JSON Lines or Parquet files there");
            } else {
                note(source.folder() + ": no files in the landing folder; the table " + source.table()
                        + " has nothing new");
            }
        }
    }

    /** The rows of a source's scope, each judged on its own. */
    private Dataset<Row> check(Source source) {
        Scope scope = scope(source);
        LandedRows landed = landed(scope);
        LocalDate lastDay = scope.folder().isFlat() ? run.day() : null;
        return landed.parts().stream()
                .map(part -> RowChecks.check(part, source, settings.epoch(), lastDay))
                .reduce(Dataset::unionByName)
                .orElseGet(() -> RowChecks.none(tables.empty(source.table()), source));
    }

    private LandedRows landed(Scope scope) {
        Source source = scope.source();
        LandedRows landed = LandingReader.read(
                tables.spark(),
                scope.folder(),
                scope.files(),
                source.shape(settings.namesIn(source)),
                run.day(),
                settings.hasMultiLineValues());
        if (!landed.unknown().isEmpty()) {
            note(source.folder() + ": columns that nobody asked for are kept out: " + landed.unknown());
        }
        return landed;
    }

    /** All but the events: small enough to look for repeats in all of them at once, and to hold their verdicts. */
    private void judgeSmallSources() {
        Map<Source, Dataset<Row>> suspects = new EnumMap<>(Source.class);
        for (Source source : scopes.keySet()) {
            if (source != Source.EVENTS) {
                Dataset<Row> rows = checkpoints.cache(Duplicates.withIdentity(check(source), source));
                checked.put(source, rows);
                judged.put(source, rows);
                if (!source.identity().isEmpty()) {
                    suspects.put(
                            source, checkpoints.cache(Duplicates.suspects(rows, source, tables.empty(source.table()))));
                }
            }
        }
        suspects.entrySet().stream()
                .map(entry -> entry.getValue()
                        .limit(1)
                        .select(lit(entry.getKey().name()).as("source")))
                .reduce(Dataset::union)
                .map(Dataset::collectAsList)
                .orElse(List.of())
                .forEach(row -> {
                    Source source = Source.valueOf(row.getString(0));
                    judged.put(
                            source,
                            checkpoints.cache(withoutRepeats(
                                    source,
                                    Objects.requireNonNull(checked.get(source)),
                                    Objects.requireNonNull(suspects.get(source)),
                                    tables.empty(source.table()))));
                });
    }

    private static Dataset<Row> withoutRepeats(
            Source source, Dataset<Row> checked, Dataset<Row> suspects, Dataset<Row> earlier) {
        return Duplicates.unsuspected(checked, suspects)
                .unionByName(Duplicates.judge(checked, source, suspects, earlier));
    }

    private Dataset<Row> judgedEvents(Dataset<Row> products) {
        Scope scope = scope(Source.EVENTS);
        Dataset<Row> earlier = scope.folder().isFlat()
                ? tables.empty(CleanTables.EVENTS)
                : accepted(CleanTables.EVENTS, scope.days().last())
                        .where(not(col("arrived").isin(scope.days().toArray())));
        // Many and wide, and read again by every step: stored as rows, not packed by column.
        Dataset<Row> rows = checkpoints.compute(
                Orphans.marked(Duplicates.withIdentity(check(Source.EVENTS), Source.EVENTS), products));
        checked.put(Source.EVENTS, rows);
        Dataset<Row> known = Orphans.judge(withoutRepeats(rows, earlier));
        Dataset<Row> busy =
                checkpoints.cache(Robots.busyBuckets(rows, settings.robot().actionsPerHour()));
        if (busy.isEmpty()) {
            return known;
        }
        return Robots.judge(
                known,
                checkpoints.cache(Robots.days(known, busy, settings.robot().actionsPerHour())));
    }

    private Dataset<Row> withoutRepeats(Dataset<Row> events, Dataset<Row> earlier) {
        Dataset<Row> suspects = checkpoints.cache(Duplicates.suspects(events, Source.EVENTS, earlier));
        long found = suspects.count();
        if (found == 0) {
            return events;
        }
        // Spark does not know how large computed rows are, and would not broadcast the few suspects by itself.
        Dataset<Row> sought = found > MAX_SENT_EVERYWHERE ? suspects : broadcast(suspects);
        return Duplicates.unsuspected(events, sought)
                .unionByName(checkpoints.cache(Duplicates.judge(events, Source.EVENTS, sought, earlier)));
    }

    /** One row a product that anyone described, with the arrival from which it is known. */
    private Dataset<Row> products() {
        Scope scope = scope(Source.PRODUCTS);
        Dataset<Row> fresh = kept(Source.PRODUCTS);
        if (scope.folder().isFlat()) {
            return fresh.select(col("product_id"), lit(ALWAYS).as("known_from"));
        }
        return accepted(CleanTables.PRODUCTS, END_OF_TIME)
                .where(not(col("arrived").isin(scope.days().toArray())))
                .select("product_id", "arrived")
                .union(fresh.select("product_id", "arrived"))
                .groupBy("product_id")
                .agg(min("arrived").as("known_from"));
    }

    /**
     * Adds the arrivals cleaned before whose verdicts change: those with events about products that nobody had described
     * then, and later ones that share ids of events with any of these.
     */
    private void addArrivalsToCleanAgain(ArrivalLog log, Dataset<Row> products) {
        Scope scope = scope(Source.EVENTS);
        NavigableSet<LocalDate> others = new TreeSet<>(log.cleaned(Source.EVENTS));
        others.removeAll(scope.days());
        if (scope.folder().isFlat() || others.isEmpty()) {
            return;
        }
        NavigableSet<LocalDate> sharing = new TreeSet<>(orphaned(others, products));
        // An arrival whose folder is gone keeps its verdict on products.
        sharing.retainAll(scope.folder().arrivals());
        Scope wider = scope.with(sharing);
        scopes.put(Source.EVENTS, wider);
        NavigableSet<LocalDate> later =
                new TreeSet<>(others.tailSet(wider.days().first(), true));
        later.removeAll(sharing);
        if (!later.isEmpty()) {
            sharing.addAll(sharingIds(wider, later));
        }
        if (!sharing.isEmpty()) {
            note("events: arrivals " + sharing + " are cleaned again: they share ids with what arrived before them");
        }
        NavigableSet<LocalDate> gone = new TreeSet<>(sharing);
        gone.removeAll(scope.folder().arrivals());
        if (!gone.isEmpty()) {
            throw KocException.input(
                    "landing " + scope.folder().path() + ": arrivals " + gone + " are needed and not there",
                    "they were cleaned before, and share ids of events with " + scope.days(),
                    "put their arrived= folders back, or take the shared events out of the older arrival");
        }
        scopes.put(Source.EVENTS, scope.with(sharing));
    }

    private NavigableSet<LocalDate> orphaned(NavigableSet<LocalDate> among, Dataset<Row> products) {
        Dataset<Row> orphans = rejectedEvents(among, RejectReason.ORPHAN_PRODUCT)
                .select(
                        col("arrived"),
                        trim(get_json_object(col("raw"), "$.product_id")).as("product_id"));
        return arrivals(orphans.join(products, new String[] {"product_id"}, "inner")
                .where(col("known_from").leq(col("arrived"))));
    }

    private NavigableSet<LocalDate> sharingIds(Scope scope, NavigableSet<LocalDate> later) {
        Dataset<Row> accepted = accepted(CleanTables.EVENTS, END_OF_TIME).select("arrived", "event_id");
        Dataset<Row> theirs = accepted.where(col("arrived").isin(later.toArray()))
                .union(rejectedEvents(later, RejectReason.DUPLICATE, RejectReason.CONFLICTING_ID)
                        .select(col("arrived"), trim(get_json_object(col("raw"), "$.event_id"))));
        Dataset<Row> ours = check(Source.EVENTS)
                .where(col(VERDICT).isNull())
                .select("event_id")
                .union(accepted.where(col("arrived").isin(scope.days().toArray()))
                        .select("event_id"));
        return arrivals(theirs.join(ours, theirs.col("event_id").equalTo(ours.col("event_id")), "left_semi"));
    }

    private Dataset<Row> rejectedEvents(NavigableSet<LocalDate> arrivals, RejectReason... reasons) {
        Object[] codes = List.of(reasons).stream().map(RejectReason::code).toArray();
        return accepted(CleanTables.REJECTS, END_OF_TIME)
                .where(col("source").equalTo(Source.EVENTS.folder()))
                .where(col("arrived").isin(arrivals.toArray()).and(col("reason").isin(codes)));
    }

    private static NavigableSet<LocalDate> arrivals(Dataset<Row> rows) {
        return rows.select("arrived").distinct().collectAsList().stream()
                .map(row -> row.getDate(0).toLocalDate())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Dataset<Row> accepted(Table table, LocalDate upTo) {
        return tables.readUpTo(table, upTo);
    }

    private Dataset<Row> kept(Source source) {
        Column[] columns =
                source.table().columnNames().stream().map(name -> col(name)).toArray(Column[]::new);
        return judged(source).where(col(VERDICT).isNull()).select(columns);
    }

    /** Every row that is not kept: rejected, which is most of these rows, or left for later. */
    private Dataset<Row> turnedAway() {
        return scopes.keySet().stream()
                .map(source -> judged(source)
                        .where(col(VERDICT).isNotNull())
                        .select(
                                col("arrived"),
                                lit(source.name()).as("source"),
                                col(FILE),
                                col(VERDICT),
                                when(col(VERDICT).notEqual(Tally.LATER), RowChecks.raw(source))
                                        .as("raw")))
                .reduce(Dataset::union)
                .orElseThrow();
    }

    /**
     * Counts what came in and what was turned away; what is kept is counted when it has been written: only counts that
     * are taken apart mean anything when they agree.
     */
    private void tally(Dataset<Row> turnedAway) {
        Dataset<Row> read = checked.keySet().stream()
                .map(source -> Objects.requireNonNull(checked.get(source))
                        .select(lit(source.name()).as("source"), col("arrived")))
                .reduce(Dataset::union)
                .orElseThrow();
        for (Row row : read.groupBy("source", "arrived").count().collectAsList()) {
            tally(Source.valueOf(row.getString(0))).add(row.getDate(1).toLocalDate(), Tally.READ, row.getLong(2));
        }
        for (Row row : turnedAway.groupBy("source", "arrived", VERDICT).count().collectAsList()) {
            String check = row.getString(2).replaceFirst(":.*", "");
            tally(Source.valueOf(row.getString(0))).add(row.getDate(1).toLocalDate(), check, row.getLong(3));
        }
    }

    private static Dataset<Row> rejects(Dataset<Row> turnedAway) {
        Column folder = Stream.of(Source.values())
                .reduce(
                        lit(null).cast(DataTypes.StringType),
                        (names, source) -> when(col("source").equalTo(source.name()), source.folder())
                                .otherwise(names),
                        (a, b) -> a);
        return turnedAway
                .where(col(VERDICT).notEqual(Tally.LATER))
                .select(
                        col("arrived"),
                        folder.as("source"),
                        col(FILE),
                        RowChecks.reason(col(VERDICT)).as("reason"),
                        RowChecks.field(col(VERDICT)).as("field"),
                        col("raw"));
    }

    private void requireFewRejects() {
        for (Source source : scopes.keySet()) {
            Tally tally = tally(source);
            if (tally.rejectedShare() > settings.rejectLimit()) {
                throw KocException.input(
                        String.format(
                                Locale.ROOT,
                                "source %s: %.1f%% of %,d rows are rejected, above the limit of %.1f%%",
                                source.folder(),
                                100 * tally.rejectedShare(),
                                tally.rows(Tally.READ) - tally.rows(Tally.LATER),
                                100 * settings.rejectLimit()),
                        "most often: " + worst(scope(source)),
                        "mend the source; the table rejects has every row; or raise koc.clean.reject-limit");
            }
        }
    }

    /** The most frequent reasons with a row each; the table has just been written. */
    private String worst(Scope scope) {
        return accepted(CleanTables.REJECTS, END_OF_TIME)
                .where(scope.sliceOfSource())
                .where(col("reason").notEqual(RejectReason.DUPLICATE.code()))
                .groupBy("reason", "field")
                .agg(
                        count(lit(1)).as("rows"),
                        min(struct(col(FILE), col("raw"))).as("sample"))
                .orderBy(col("rows").desc(), col("reason"), col("field"))
                .limit(SAMPLES)
                .select("reason", "field", "rows", "sample.file", "sample.raw")
                .collectAsList()
                .stream()
                .map(row -> String.format(
                        Locale.ROOT,
                        "%s%s in %,d rows, as in %s: %s",
                        row.getString(0),
                        row.isNullAt(1) ? "" : " (" + row.getString(1) + ")",
                        row.getLong(2),
                        row.getString(3),
                        row.getString(4)))
                .collect(Collectors.joining(" | "));
    }

    private void requireEventsOnTheDay() {
        Dataset<Row> keptDays =
                judged(Source.EVENTS).where(col(VERDICT).isNull()).select("day");
        if (settings.allowsEmptyDay()
                || !keptDays.where(col("day").equalTo(lit(run.day()))).isEmpty()) {
            return;
        }
        // Later arrivals that are cleaned again hold later days.
        Row last =
                keptDays.where(col("day").leq(lit(run.day()))).agg(max("day")).head();
        throw KocException.input(
                "source events: no event on " + run.day(),
                last.isNullAt(0) ? "no event was kept at all" : "the last day with an event is " + last.getDate(0),
                "check --date and the landing; a day without events is right with koc.clean.allow-empty-day = true");
    }

    /** What is kept, and the columns of what lands nowhere: readers find a table without rows. */
    private void writeAccepted() {
        Map<Source, Long> written = new ConcurrentHashMap<>();
        Parallel.run(Stream.of(Source.values())
                .map(source -> (Runnable) () -> {
                    if (scopes.containsKey(source)) {
                        written.put(
                                source,
                                tables.write(
                                        source.table(),
                                        kept(source),
                                        scope(source).slice()));
                    } else if (!tables.exists(source.table())) {
                        tables.writeAll(source.table(), tables.empty(source.table()));
                    }
                })
                .toArray(Runnable[]::new));
        scopes.values().forEach(scope -> countKept(scope, Objects.requireNonNull(written.get(scope.source()))));
    }

    private void countKept(Scope scope, long written) {
        Source source = scope.source();
        if (scope.days().size() == 1) {
            // A day that has not landed yet is not clean: it may land later.
            if (!scope.files().isEmpty()) {
                tally(source).add(scope.days().first(), Tally.KEPT, written);
            }
        } else {
            accepted(source.table(), END_OF_TIME)
                    .where(scope.slice())
                    .groupBy("arrived")
                    .count()
                    .collectAsList()
                    .forEach(row -> tally(source).add(row.getDate(0).toLocalDate(), Tally.KEPT, row.getLong(1)));
        }
        tables.countRowsRead(tally(source).rows(Tally.READ));
        if (!scope.folder().isFlat()) {
            note(source.folder() + ": cleaned the arrivals " + scope.days());
        }
    }

    /** A late purchase may be what a later refund takes back: every refund from the first arrival on is matched again. */
    private void writeRefunds() {
        Scope scope = scope(Source.EVENTS);
        LocalDate from = scope.folder().isFlat() ? ALWAYS : scope.days().first();
        Dataset<Row> earlierParts = accepted(CleanTables.REFUNDS, from.minusDays(1));
        Dataset<Row> parts = Refunds.match(accepted(CleanTables.EVENTS, END_OF_TIME), earlierParts, from);
        tables.write(CleanTables.REFUNDS, parts, scope.folder().isFlat() ? "TRUE" : "arrived >= DATE'" + from + "'");
    }

    private void writeQuality(ArrivalLog log) {
        log.replace(scopes.values(), tallies);
        QualityReport report = new QualityReport(settings.rejectLimit(), Texts.of(settings.language()));
        List<Row> rows = new ArrayList<>();
        for (Source source : Source.values()) {
            Tally tally = log.of(source).upTo(run.day());
            if (tally.rows(Tally.READ) > 0) {
                rows.addAll(report.rows(run.day(), source, tally));
            }
        }
        tables.write(CleanTables.DATA_QUALITY, run.day(), rows);
    }

    private Scope scope(Source source) {
        return Objects.requireNonNull(scopes.get(source));
    }

    private Dataset<Row> judged(Source source) {
        return Objects.requireNonNull(judged.get(source));
    }

    private Tally tally(Source source) {
        return tallies.computeIfAbsent(source, any -> new Tally());
    }

    private void note(String text) {
        run.progress().note("clean", text);
    }
}
