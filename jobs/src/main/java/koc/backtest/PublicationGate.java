package koc.backtest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.lit;

import com.typesafe.config.Config;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import koc.error.KocException;
import koc.tables.BacktestTables;
import koc.tables.FeatureTables;
import koc.text.Texts;
import koc.warehouse.Warehouse;

/**
 * Stops a run from publishing recommendations that are surely worse than popularity over all cutoffs together.
 *
 * <p>They are surely worse when the paired 95% interval of published less popularity in NDCG lies below 0. A difference
 * below 0 alone only gives a note: a recommender as good as popularity would be stopped in every second run. Being
 * worse than popularity in the holdout only gives a note, because the recommend job publishes a simple recommender
 * where it is the best.
 */
public final class PublicationGate {
    private static final String POPULARITY = "popularity";
    private static final List<String> POPULARITY_BASELINES = List.of(POPULARITY, "holdout_popularity");

    private final BacktestSettings settings;
    private final Texts texts;
    private final ReportFormat format;

    /** A gate with the settings of {@code koc.backtest} and {@code koc.recommend.gate}. */
    public PublicationGate(Config config) {
        this.settings = BacktestSettings.from(config);
        this.texts = Texts.of(settings.language());
        this.format = new ReportFormat(texts);
    }

    /** Days after a cutoff that a run's own backtest evaluates. */
    public int horizonDays() {
        return settings.horizonDays();
    }

    /** Whether a run makes a backtest of its own when it finds no current one. */
    public boolean isBacktestedInRun() {
        return settings.isInRun();
    }

    /** The cutoffs of a run's own backtest, one horizon apart. The window after the latest ends on the run date. */
    public List<LocalDate> cutoffs(LocalDate day) {
        return Backtest.cutoffs(latestCutoff(day), settings.cutoffs(), settings.horizonDays());
    }

    /**
     * The cutoffs to judge before a run is refused: {@code max-cutoffs}, or fewer where history is short. Empty unless the
     * results lose to popularity on fewer than {@code koc-cutoffs} pairs of KOC and cutoff.
     */
    public List<LocalDate> cutoffsBeforeRefusal(BacktestResults results, Warehouse warehouse, LocalDate day) {
        RecommenderScore published = results.published();
        if (findLoss(results).isEmpty() || published.kocs() * published.setup().cutoffs() >= settings.kocCutoffs()) {
            return List.of();
        }
        return Backtest.cutoffs(latestCutoff(day), settings.maxCutoffs(), settings.horizonDays()).stream()
                .filter(cutoff -> eventDays(warehouse, day, cutoff) >= settings.minHistoryDays())
                .toList();
    }

    private LocalDate latestCutoff(LocalDate day) {
        return day.minusDays(settings.horizonDays());
    }

    /**
     * Finds the newest backtest that is at most {@code koc.backtest.max-age-days} old on the day of a run.
     *
     * @param canBacktest whether the run could make a backtest of its own. If so, a backtest of the same day is ignored, so
     *     that a run does not depend on earlier attempts. A backtest that was lost to popularity is ignored too, because
     *     the configuration may have been corrected since.
     */
    public Optional<BacktestResults> findCurrentBacktest(Warehouse warehouse, LocalDate day, boolean canBacktest) {
        return warehouse
                .previousDay(BacktestTables.BACKTEST_RESULTS, canBacktest ? day : day.plusDays(1))
                .filter(made -> ChronoUnit.DAYS.between(made, day) <= settings.maxAgeDays())
                .map(made -> BacktestResults.read(warehouse, made, settings.language()))
                .filter(results -> !canBacktest || findLoss(results).isEmpty());
    }

    /**
     * Finds the backtest that decides whether a run may publish: the newest, while it is current.
     *
     * @param canBacktest whether the run could make a backtest of its own. If so, a backtest of an earlier day that was lost
     *     to popularity does not count: the run has repeated it, or has said why it could not.
     */
    public Optional<BacktestResults> findDecidingBacktest(Warehouse warehouse, LocalDate day, boolean canBacktest) {
        boolean isRepeated = canBacktest && settings.isInRun();
        return findCurrentBacktest(warehouse, day, false)
                .filter(results -> !isRepeated
                        || results.day().equals(day)
                        || findLoss(results).isEmpty());
    }

    /** A note that history before the earliest cutoff is too short for a backtest; empty when it is long enough. */
    public Optional<String> explainShortHistory(Warehouse warehouse, LocalDate day) {
        LocalDate earliest = cutoffs(day).get(0);
        long days = eventDays(warehouse, day, earliest);
        return days >= settings.minHistoryDays()
                ? Optional.empty()
                : Optional.of(texts.text("backtest.gate.short-history", days, earliest, settings.minHistoryDays()));
    }

    /** The days with events until a cutoff, as the run of the day knows them: rows may arrive long after their events. */
    private static long eventDays(Warehouse warehouse, LocalDate day, LocalDate until) {
        return warehouse
                .readUpTo(FeatureTables.USER_DAYS, day)
                .where(col("day").leq(lit(until)))
                .agg(count_distinct(col("day")))
                .head()
                .getLong(0);
    }

    /**
     * Lets a run publish, with notes about the backtest.
     *
     * @throws KocException when the recommendations lose to popularity and {@code koc.recommend.gate} is refuse
     */
    public void check(BacktestResults results, LocalDate day, Consumer<String> note) {
        Optional<ScoreDifference> loss = findLoss(results);
        if (loss.isEmpty()) {
            note.accept(texts.text("backtest.gate.newest", results.day(), new TextReport(results).headline()));
            warnUnlessBetter(results, note);
        } else if (settings.gate() == BacktestSettings.GateAction.REFUSE) {
            throw refusal(results, loss.get(), day);
        } else {
            note.accept(texts.text(
                    "backtest.gate.lost",
                    results.day(),
                    format.recommender(loss.get().recommender()),
                    ReportFormat.signed(loss.get().difference().value()),
                    ReportFormat.signed(loss.get().difference().low()),
                    ReportFormat.signed(loss.get().difference().high())));
        }
    }

    private void warnUnlessBetter(BacktestResults results, Consumer<String> note) {
        POPULARITY_BASELINES.stream()
                .map(results::differenceTo)
                .flatMap(Optional::stream)
                .filter(difference -> !difference.verdict().equals("wins"))
                .forEach(difference -> note.accept(texts.text(
                        "backtest.gate." + difference.verdict(),
                        format.recommender(difference.recommender()),
                        difference.kocs(),
                        settings.minKocs())));
    }

    private static KocException refusal(BacktestResults results, ScoreDifference loss, LocalDate day) {
        return KocException.gate(
                "published, " + day + ": refused; in the backtest of " + results.day()
                        + " the recommendations lose to '" + loss.recommender() + "'",
                "NDCG@" + results.published().setup().listLength() + " is "
                        + ReportFormat.signed(loss.difference().value()) + " ("
                        + ReportFormat.signedInterval(loss.difference()) + ")\n"
                        + new TextReport(results).comparison() + "\n",
                "readers still see the previous run; buyer_model and backtest_results say what was recommended and how it"
                        + " did. Judge more cutoffs: --set koc.backtest.cutoffs=6; to publish all the same:"
                        + " --set koc.recommend.gate=warn");
    }

    /** The difference to popularity when the recommendations lose to it. */
    private static Optional<ScoreDifference> findLoss(BacktestResults results) {
        return results.differenceTo(POPULARITY)
                .filter(difference -> difference.verdict().equals("loses"));
    }

    /** A note that the run publishes although its backtest could not be made. */
    public String explainFailedBacktest(String reason) {
        return texts.text("backtest.gate.impossible", reason);
    }

    /** A note that fewer cutoffs than wanted could be judged before a refusal. */
    public String explainFewCutoffs(int judged, int wanted, String reason) {
        return texts.text("backtest.gate.few-cutoffs", judged, wanted, reason);
    }

    /** A note that there is no backtest, because no KOC has a list to evaluate. */
    public String explainNoLists() {
        return texts.text("backtest.gate.nothing");
    }

    /** A note that the run publishes without a backtest, and how to make one. */
    public String explainMissingBacktest(LocalDate day) {
        return texts.text("backtest.gate.untested", latestCutoff(day), settings.horizonDays());
    }
}
