package koc.backtest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import koc.table.BacktestTables;
import koc.table.Table;
import koc.table.Tables;
import koc.text.Texts;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * What a backtest found, as its tables say: a few rows a recommender and segment, so few that the driver holds them.
 *
 * @param day the last day that was looked at
 * @param results of every segment, most KOCs first
 * @param differences of every segment: published less the others
 * @param deciles of forecasts, of every recommender that forecasts
 * @param language of the texts
 */
public record Findings(
        LocalDate day, List<Result> results, List<Difference> differences, List<Decile> deciles, String language) {

    private static final String ALL = "all";
    private static final String NDCG = "ndcg";
    private static final String NDCG_BUYERS = "ndcg_buyers";

    public Findings {
        results = List.copyOf(results);
        differences = List.copyOf(differences);
        deciles = List.copyOf(deciles);
    }

    /** A number with the ends of its 95% interval; null where nothing could be counted. */
    record Estimate(
            @Nullable Double value,
            @Nullable Double low,
            @Nullable Double high) {}

    /** Which KOCs a row is about: segment_kind and segment. */
    record Segment(String kind, String name) {
        static final Segment EVERYBODY = new Segment(ALL, ALL);

        private static Segment of(Row row) {
            return new Segment(row.getAs("segment_kind"), row.getAs("segment"));
        }
    }

    /** A row of backtest_results. */
    record Result(
            Segment segment,
            String recommender,
            LocalDate cutoff,
            int cutoffs,
            int horizonDays,
            int listLength,
            String interest,
            long kocs,
            Estimate ndcg,
            Estimate ndcgBuyers,
            Estimate captured,
            Estimate hitRate,
            long products,
            @Nullable Double expectedBuyers,
            long observedBuyers,
            Estimate calibration,
            @Nullable Boolean isCalibrated) {
        private static Result of(Row row) {
            return new Result(
                    Segment.of(row),
                    row.getAs("recommender"),
                    row.<java.sql.Date>getAs("cutoff").toLocalDate(),
                    row.<Integer>getAs("cutoffs"),
                    row.<Integer>getAs("horizon_days"),
                    row.<Integer>getAs("list_length"),
                    row.getAs("interest"),
                    row.<Long>getAs("kocs"),
                    estimate(row, NDCG),
                    estimate(row, NDCG_BUYERS),
                    estimate(row, "buyers_captured"),
                    estimate(row, "hit_rate"),
                    row.<Long>getAs("products"),
                    row.getAs("expected_buyers"),
                    row.<Long>getAs("observed_buyers"),
                    estimate(row, "calibration"),
                    row.getAs("is_calibrated"));
        }

        /** Published, where there is no KOC to judge it by. */
        static Result ofNobody(LocalDate cutoff, int cutoffs, int horizonDays, int listLength, String interest) {
            Estimate unknown = new Estimate(null, null, null);
            return new Result(
                    Segment.EVERYBODY,
                    Lists.PUBLISHED,
                    cutoff,
                    cutoffs,
                    horizonDays,
                    listLength,
                    interest,
                    0,
                    unknown,
                    unknown,
                    unknown,
                    unknown,
                    0,
                    null,
                    0,
                    unknown,
                    null);
        }

        private static Estimate estimate(Row row, String name) {
            return new Estimate(row.getAs(name), row.getAs(name + "_low"), row.getAs(name + "_high"));
        }

        private double rankedBy() {
            Double value = ndcgBuyers.value();
            return value == null ? -1 : value;
        }
    }

    /** A row of backtest_differences. */
    record Difference(
            Segment segment, String recommender, String metric, long kocs, Estimate difference, String verdict) {
        private static Difference of(Row row) {
            return new Difference(
                    Segment.of(row),
                    row.getAs("recommender"),
                    row.getAs("metric"),
                    row.<Long>getAs("kocs"),
                    new Estimate(row.getAs("difference"), row.getAs("low"), row.getAs("high")),
                    row.getAs("verdict"));
        }
    }

    /** A row of backtest_calibration. */
    record Decile(
            String recommender,
            int decile,
            long recommendations,
            double leastExpected,
            double mostExpected,
            double expectedBuyers,
            long observedBuyers,
            @Nullable Double calibration,
            @Nullable Boolean isCalibrated) {
        private static Decile of(Row row) {
            return new Decile(
                    row.getAs("recommender"),
                    row.<Integer>getAs("decile"),
                    row.<Long>getAs("recommendations"),
                    row.<Double>getAs("least_expected"),
                    row.<Double>getAs("most_expected"),
                    row.<Double>getAs("expected_buyers"),
                    row.<Long>getAs("observed_buyers"),
                    row.getAs("calibration"),
                    row.getAs("is_calibrated"));
        }
    }

    /** The backtest of this day. */
    static Findings read(Tables tables, LocalDate day, String language) {
        return new Findings(
                day,
                rows(tables, BacktestTables.BACKTEST_RESULTS, day)
                        .orderBy(col("segment_kind"), col("kocs").desc(), col("segment"), col("recommender"))
                        .collectAsList()
                        .stream()
                        .map(Result::of)
                        .toList(),
                rows(tables, BacktestTables.BACKTEST_DIFFERENCES, day)
                        .orderBy("segment_kind", "segment", "recommender", "metric")
                        .collectAsList()
                        .stream()
                        .map(Difference::of)
                        .toList(),
                rows(tables, BacktestTables.BACKTEST_CALIBRATION, day)
                        .orderBy("recommender", "decile")
                        .collectAsList()
                        .stream()
                        .map(Decile::of)
                        .toList(),
                language);
    }

    /** Not an error where there are none: with nothing to compare there are no differences. */
    private static Dataset<Row> rows(Tables tables, Table table, LocalDate day) {
        return tables.readUpTo(table, day).where(col("day").equalTo(lit(day)));
    }

    /** Results over all KOCs, the best first. */
    List<Result> overall() {
        return results.stream()
                .filter(result -> result.segment().equals(Segment.EVERYBODY))
                .sorted(Comparator.comparingDouble(Result::rankedBy).reversed().thenComparing(Result::recommender))
                .toList();
    }

    /** Of published, over all KOCs. */
    Result published() {
        return overall().stream()
                .filter(result -> result.recommender().equals(Lists.PUBLISHED))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("published is always judged"));
    }

    /**
     * Published less another recommender in NDCG by all buyers that are forecast, over all KOCs; empty when the other was
     * not there.
     */
    Optional<Difference> against(String recommender) {
        return against(recommender, NDCG_BUYERS);
    }

    private Optional<Difference> against(String recommender, String metric) {
        return differences.stream()
                .filter(difference -> difference.segment().equals(Segment.EVERYBODY)
                        && difference.metric().equals(metric)
                        && difference.recommender().equals(recommender))
                .findFirst();
    }

    /** Who won and by how much, in a sentence. */
    public String sentence() {
        Texts texts = Texts.of(language);
        Result published = published();
        Optional<Result> best = overall().stream()
                .filter(result -> !result.recommender().equals(Lists.PUBLISHED)
                        && !result.recommender().startsWith(Names.WITHOUT))
                .findFirst();
        if (published.kocs() == 0) {
            return texts.text("backtest.sentence.nothing");
        }
        if (best.isEmpty()) {
            return texts.text(
                    "backtest.sentence.alone",
                    published.listLength(),
                    Names.share(published.ndcgBuyers().value()));
        }
        Difference difference = against(best.get().recommender()).orElseThrow();
        return texts.text(
                "backtest.sentence." + difference.verdict(),
                Names.of(best.get().recommender(), texts),
                published.listLength(),
                Names.share(published.ndcgBuyers().value()),
                Names.share(best.get().ndcgBuyers().value()),
                Names.signed(difference.difference().value()),
                Names.signed(difference.difference().low()),
                Names.signed(difference.difference().high()),
                published.kocs());
    }

    /** How many buyers were forecast and how many came, in a sentence; empty where nothing was forecast. */
    public String forecasts() {
        Result published = published();
        Double calibration = published.calibration().value();
        if (calibration == null) {
            return "";
        }
        List<Decile> tenths = deciles.stream()
                .filter(decile -> decile.recommender().equals(Lists.PUBLISHED))
                .toList();
        return Texts.of(language)
                .text(
                        "backtest.forecasts." + Boolean.TRUE.equals(published.isCalibrated()),
                        Names.ratio(published.expectedBuyers()),
                        published.observedBuyers(),
                        Names.off(calibration),
                        tenths.stream()
                                .filter(decile -> Boolean.TRUE.equals(decile.isCalibrated()))
                                .count(),
                        tenths.size());
    }

    /** The numbers over all KOCs as a table in plain text, a line a recommender, the best first. */
    public String numbers() {
        Texts texts = Texts.of(language);
        Result published = published();
        StringBuilder table = new StringBuilder();
        table.append(texts.text(
                        "backtest.made",
                        published.cutoff(),
                        published.cutoffs(),
                        published.horizonDays(),
                        published.kocs(),
                        Names.interest(published.interest(), texts)))
                .append('\n');
        table.append(String.format(
                Locale.ROOT,
                "%-32s %9s %15s %9s %6s %8s %11s %9s %18s  %-17s %15s  %s",
                texts.pattern("backtest.column.recommender"),
                "NDCG@" + published.listLength(),
                "95%",
                texts.pattern("backtest.column.captured"),
                texts.pattern("backtest.column.hit"),
                texts.pattern("backtest.column.products"),
                texts.pattern("backtest.column.calibration"),
                texts.pattern("backtest.column.difference"),
                "95%",
                texts.pattern("backtest.column.verdict"),
                texts.pattern("backtest.column.ndcg"),
                texts.pattern("backtest.column.verdict_first")));
        for (Result result : overall()) {
            Optional<Difference> difference = against(result.recommender());
            table.append('\n')
                    .append(String.format(
                                    Locale.ROOT,
                                    "%-32s %9s %15s %9s %6s %,8d %11s %9s %18s  %-17s %15s  %s",
                                    Names.of(result.recommender(), texts),
                                    Names.share(result.ndcgBuyers().value()),
                                    Names.interval(result.ndcgBuyers()),
                                    Names.share(result.captured().value()),
                                    Names.ratio(result.hitRate().value()),
                                    result.products(),
                                    Names.ratio(result.calibration().value()),
                                    difference
                                            .map(one -> Names.signed(
                                                    one.difference().value()))
                                            .orElse(""),
                                    difference
                                            .map(one -> Names.signedInterval(one.difference()))
                                            .orElse(""),
                                    difference
                                            .map(one -> texts.text("backtest.verdict." + one.verdict()))
                                            .orElse(""),
                                    Names.share(result.ndcg().value()),
                                    against(result.recommender(), NDCG)
                                            .map(one -> texts.text("backtest.verdict." + one.verdict()))
                                            .orElse(""))
                            .stripTrailing());
        }
        return table.toString();
    }

    /** One page to read, with everything in it. */
    public String page() {
        return new Report(this).page();
    }
}
