package koc.backtest;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * Builds results of a backtest up to 2024-06-30 in which 40 KOCs were evaluated on published, one baseline and the ablation
 * without_caps. The ablation has the best NDCG, .400. All intervals reach .010 to both sides.
 */
final class ResultsBuilder {
    static final LocalDate DAY = LocalDate.parse("2024-06-30");

    private static final BacktestSetup SETUP = new BacktestSetup(LocalDate.parse("2024-06-02"), 1, 28, 20, "purchase");
    private static final long KOCS = 40;

    private double publishedNdcg = .31;
    private double baselineNdcg = .25;
    private String baseline = "popularity";
    private String verdict = "wins";
    private String language = "en";
    private List<String> portraits = List.of("parents", "students");

    private ResultsBuilder() {}

    static ResultsBuilder results() {
        return new ResultsBuilder();
    }

    /** Results of a backtest in which no pool bought anything. */
    static BacktestResults resultsWithoutKocs() {
        return BacktestResults.withoutKocs(DAY, SETUP, "en");
    }

    ResultsBuilder publishedNdcg(double ndcg) {
        publishedNdcg = ndcg;
        return this;
    }

    ResultsBuilder baselineNdcg(double ndcg) {
        baselineNdcg = ndcg;
        return this;
    }

    ResultsBuilder baseline(String name) {
        baseline = name;
        return this;
    }

    ResultsBuilder verdict(String name) {
        verdict = name;
        return this;
    }

    ResultsBuilder language(String code) {
        language = code;
        return this;
    }

    ResultsBuilder portraits(String... names) {
        portraits = List.of(names);
        return this;
    }

    BacktestResults build() {
        List<Slice> slices = new ArrayList<>(List.of(Slice.ALL));
        portraits.forEach(name -> slices.add(new Slice("portrait", name)));
        List<RecommenderScore> scores = new ArrayList<>();
        for (Slice slice : slices) {
            scores.add(score(slice, "published", publishedNdcg));
            scores.add(score(slice, baseline, baselineNdcg));
        }
        scores.add(score(Slice.ALL, "without_caps", .4));
        List<ScoreDifference> differences = scores.stream()
                .filter(score -> !score.isPublished())
                .map(this::difference)
                .toList();
        return new BacktestResults(DAY, scores, differences, deciles(), language);
    }

    private static RecommenderScore score(Slice slice, String recommender, double ndcg) {
        // NDCG by new buyers is in the opposite order, so that a report that confuses the two fails.
        double ndcgByFirstPurchases = recommender.equals("published") ? .11 : .77;
        return new RecommenderScore(
                slice,
                recommender,
                SETUP,
                KOCS,
                around(ndcgByFirstPurchases),
                around(ndcg),
                around(ndcg),
                around(ndcg),
                100,
                22.0,
                20,
                new Estimate(1.1, 1.0, 1.2),
                true);
    }

    private ScoreDifference difference(RecommenderScore other) {
        Estimate difference = around(publishedNdcg - baselineNdcg);
        return new ScoreDifference(other.slice(), other.recommender(), "ndcg_all_buyers", KOCS, difference, verdict);
    }

    private static List<CalibrationDecile> deciles() {
        return List.of(
                new CalibrationDecile("published", 1, 10, .01, .1, .5, 0, null, null),
                new CalibrationDecile("published", 2, 10, .1, .3, 2, 3, .667, false));
    }

    private static Estimate around(double value) {
        return new Estimate(value, value - .01, value + .01);
    }
}
