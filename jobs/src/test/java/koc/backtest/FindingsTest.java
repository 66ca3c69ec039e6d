package koc.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import koc.backtest.Findings.Decile;
import koc.backtest.Findings.Difference;
import koc.backtest.Findings.Estimate;
import koc.backtest.Findings.Result;
import koc.backtest.Findings.Segment;
import org.junit.jupiter.api.Test;

class FindingsTest {
    static final LocalDate DAY = LocalDate.parse("2024-06-30");

    @Test
    void theSentenceSaysWhoWonAndByHowMuch() {
        assertThat(findings("en", .31, .25, "wins").sentence())
                .isEqualTo("The published recommendations win: NDCG@20 is 0.310 against 0.250 of the best other, "
                        + "'popularity', +0.060 (95% interval +0.050 to +0.070, KOCs: 40).");
        assertThat(findings("en", .2, .25, "loses").sentence()).startsWith("The published recommendations lose to");
        assertThat(findings("en", .25, .25, "even").sentence()).startsWith("Nobody surely wins");
        assertThat(findings("zh", .31, .25, "wins").sentence()).startsWith("发布的推荐胜出：NDCG@20 为 0.310");
    }

    @Test
    void forecastsAreToldWithHowFarTheyAreOff() {
        assertThat(findings("en", .31, .25, "wins").forecasts())
                .isEqualTo("Forecasts are on target: 22.00 buyers expected, 20 observed, off by 10%; on target too are "
                        + "0 of 2 tenths.");
    }

    @Test
    void stepsThatAreLeftOutAreNoRivals() {
        Findings findings = findings("en", .31, .25, "wins");

        assertThat(findings.overall()).extracting(Result::recommender).first().isEqualTo("without_caps");
        assertThat(findings.sentence()).contains("'popularity'");
    }

    @Test
    void theNumbersAreALineARecommenderTheBestFirst() {
        List<String> lines = findings("en", .31, .25, "wins").numbers().lines().toList();

        assertThat(lines.get(0)).contains("cutoff 2024-06-02", "28 days", "40", "purchases");
        assertThat(lines.get(1)).startsWith("recommender").contains("NDCG@20");
        assertThat(lines).hasSize(5);
        assertThat(lines.get(2)).startsWith("without caps");
        assertThat(lines.get(3)).startsWith("published").contains("0.310", "0.300–0.320", "1.10");
        assertThat(lines.get(4)).contains("+0.060", "+0.050 … +0.070", "published wins");
    }

    @Test
    void thePageNeedsNothingButItselfAndEscapesWhatComesFromData() {
        String page = findings("en", .31, .25, "wins").page();

        assertThat(page)
                .startsWith("<!doctype html>\n<html lang=\"en\">")
                .containsSubsequence("<h1>", "<p class=\"lead\">The published recommendations win", "<svg role=\"img\"")
                .contains("&lt;b&gt;parents&lt;/b&gt;")
                .doesNotContain("<b>", "http", "src=", "@import", "null");
        assertThat(page.split("<circle", -1)).hasSize(3);
    }

    @Test
    void thePageIsInTheRunsLanguage() {
        String page = findings("zh", .31, .25, "wins").page();

        assertThat(page)
                .contains("<html lang=\"zh\">", "截至 2024-06-30 的回测", "池内热销")
                .doesNotContain("published");
    }

    @Test
    void withoutAnyOutcomeThePageSaysThatNothingCanBeSaid() {
        Findings nothing = new Findings(
                DAY,
                List.of(result("all", "all", "published", 0, new Estimate(null, null, null))),
                List.of(),
                List.of(),
                "en");

        assertThat(nothing.page()).contains("Nothing can be said").doesNotContain("NaN", "null");
    }

    /** Published and popularity with these NDCG, and one that is better than both but no rival. */
    static Findings findings(String language, double published, double popularity, String verdict) {
        List<Result> results = new ArrayList<>();
        for (String[] segment :
                new String[][] {{"all", "all"}, {"portrait", "<b>parents</b>"}, {"portrait", "students"}}) {
            results.add(result(segment[0], segment[1], "published", 40, around(published)));
            results.add(result(
                    segment[0],
                    segment[1],
                    language.equals("zh") ? "pool_popularity" : "popularity",
                    40,
                    around(popularity)));
        }
        results.add(result("all", "all", "without_caps", 40, around(.4)));
        List<Difference> differences = new ArrayList<>();
        for (Result result : results) {
            if (!result.recommender().equals("published")) {
                differences.add(new Difference(
                        result.segment(),
                        result.recommender(),
                        "ndcg_buyers",
                        40,
                        around(published - popularity),
                        verdict));
            }
        }
        List<Decile> deciles = List.of(
                new Decile("published", 1, 10, .01, .1, .5, 0, null, null),
                new Decile("published", 2, 10, .1, .3, 2, 3, .667, false));
        return new Findings(DAY, results, differences, deciles, language);
    }

    /** In the opposite order, so that it shows when one is taken for the other. */
    private static Estimate firstPurchases(String recommender) {
        return around(recommender.equals("published") ? .11 : .77);
    }

    private static Estimate around(double value) {
        return new Estimate(value, value - .01, value + .01);
    }

    private static Result result(String kind, String segment, String recommender, long kocs, Estimate ndcg) {
        return new Result(
                new Segment(kind, segment),
                recommender,
                LocalDate.parse("2024-06-02"),
                1,
                28,
                20,
                "purchase",
                kocs,
                firstPurchases(recommender),
                ndcg,
                ndcg,
                ndcg,
                100,
                22.0,
                20,
                new Estimate(1.1, 1.0, 1.2),
                true);
    }
}
