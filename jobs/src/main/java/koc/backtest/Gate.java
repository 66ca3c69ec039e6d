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
import koc.table.BacktestTables;
import koc.table.FeatureTables;
import koc.table.Tables;
import koc.text.Texts;

/**
 * Refuses to publish recommendations that surely do worse than popularity.
 *
 * <p>The bar is the upper end of the paired 95% interval of published less popularity in NDCG: below 0, published is
 * surely worse, and to publish it would do harm that anybody with a list of best sellers could have avoided. A mean
 * below 0 is no such proof: of a recommender that is just as good as popularity it would stop every second run by
 * chance, and each time take a day's recommendations from every KOC. That one gets a warning.
 */
public final class Gate {
    private static final List<String> POPULARITIES = List.of("popularity", "recent_popularity");

    private final BacktestSettings settings;
    private final Texts texts;

    /** A gate with the settings of {@code koc.backtest} and {@code koc.recommend.gate}. */
    public Gate(Config config) {
        this.settings = BacktestSettings.from(config);
        this.texts = Texts.of(settings.language());
    }

    /** Whether a run for which no backtest speaks makes one. */
    public boolean isInRun() {
        return settings.isInRun();
    }

    /** Days after a cutoff that a run's own backtest looks at. */
    public int horizonDays() {
        return settings.horizonDays();
    }

    /** The days from which a run's own backtest looks ahead, each a horizon apart: that of the latest ends on the run date. */
    public List<LocalDate> cutoffs(LocalDate day) {
        return Backtest.cutoffs(latestCutoff(day), settings.cutoffs(), settings.horizonDays());
    }

    private LocalDate latestCutoff(LocalDate day) {
        return day.minusDays(settings.horizonDays());
    }

    /**
     * The newest backtest that speaks for a run.
     *
     * @param canMake whether the run could make one of its own: then only those of earlier days count, for a run does not
     *     depend on what an earlier try for the same day left; and only one that published did not lose, for the
     *     configuration may have been mended since
     */
    public Optional<Findings> newest(Tables tables, LocalDate day, boolean canMake) {
        return tables.previousDay(BacktestTables.BACKTEST_RESULTS, canMake ? day : day.plusDays(1))
                .filter(made -> ChronoUnit.DAYS.between(made, day) <= settings.maxAgeDays())
                .map(made -> Findings.read(tables, made, settings.language()))
                .filter(findings -> !canMake || lost(findings).isEmpty());
    }

    /** Why there is too little history before the earliest cutoff to rebuild everything from it; empty when there is enough. */
    public Optional<String> tooLittleHistory(Tables tables, LocalDate day) {
        LocalDate earliest = cutoffs(day).get(0);
        long days = tables.readUpTo(FeatureTables.USER_DAYS, day)
                .where(col("day").leq(lit(earliest)))
                .agg(count_distinct(col("day")))
                .head()
                .getLong(0);
        return days >= settings.leastHistoryDays()
                ? Optional.empty()
                : Optional.of(texts.text("backtest.gate.short-history", days, earliest, settings.leastHistoryDays()));
    }

    /**
     * Lets a run publish, with a warning where there is cause for one.
     *
     * @throws KocException when the recommendations surely lose and {@code koc.recommend.gate} is refuse
     */
    public void pass(Findings findings, LocalDate day, Consumer<String> note) {
        Optional<Findings.Difference> lost = lost(findings);
        if (lost.isPresent()) {
            String other = Names.of(lost.get().recommender(), texts);
            Findings.Estimate difference = lost.get().difference();
            if (settings.gate() == BacktestSettings.GateAction.REFUSE) {
                throw KocException.gate(
                        "published, " + day + ": refused; in the backtest of " + findings.day()
                                + " the recommendations lose to '" + lost.get().recommender() + "'",
                        "NDCG@" + findings.published().listLength() + " is " + Names.signed(difference.value()) + " ("
                                + Names.signedInterval(difference) + ")\n" + findings.numbers() + "\n",
                        "readers still see the run before; change what backtest_results shows to be worse"
                                + " (koc.recommend.weight and the like) and run again, or publish all the same with"
                                + " --set koc.recommend.gate=warn");
            }
            note.accept(texts.text(
                    "backtest.gate.lost",
                    findings.day(),
                    other,
                    Names.signed(difference.value()),
                    Names.signed(difference.low()),
                    Names.signed(difference.high())));
            return;
        }
        note.accept(texts.text("backtest.gate.newest", findings.day(), findings.sentence()));
        POPULARITIES.stream()
                .map(findings::against)
                .flatMap(Optional::stream)
                .filter(difference -> !difference.verdict().equals("wins"))
                .forEach(difference -> note.accept(texts.text(
                        "backtest.gate." + difference.verdict(),
                        Names.of(difference.recommender(), texts),
                        difference.kocs(),
                        settings.leastKocs())));
    }

    /** Published less a kind of popularity to which it surely loses. */
    private static Optional<Findings.Difference> lost(Findings findings) {
        return POPULARITIES.stream()
                .map(findings::against)
                .flatMap(Optional::stream)
                .filter(difference -> difference.verdict().equals("loses"))
                .findFirst();
    }

    /** That a run publishes though its backtest could not be made, and why. */
    public String impossible(String reason) {
        return texts.text("backtest.gate.impossible", reason);
    }

    /** That there is no backtest, for no KOC has a list that one could judge. */
    public String nothingToJudge() {
        return texts.text("backtest.gate.nothing");
    }

    /** That a run publishes though nothing was backtested, and how to do that. */
    public String untested(LocalDate day) {
        return texts.text("backtest.gate.untested", latestCutoff(day), settings.horizonDays());
    }
}
