package koc.backtest;

import static koc.backtest.ResultsBuilder.results;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HtmlReportTest {
    @Test
    void thePageNeedsNoOtherFile() {
        String page = new HtmlReport(results().build()).render();

        assertThat(page)
                .startsWith("<!doctype html>\n<html lang=\"en\">")
                .containsSubsequence("<h1>", "<p class=\"lead\">The published recommendations win", "<svg role=\"img\"")
                .endsWith("</html>\n")
                .doesNotContain("http", "src=", "href=", "@import", "null");
    }

    @Test
    void everySectionIsThere() {
        String page = new HtmlReport(results().build()).render();

        assertThat(page)
                .containsSubsequence(
                        "<h2>All KOCs: NDCG@20</h2>",
                        "<h2>Published compared with the others</h2>",
                        "<h2>By largest portrait of the pool</h2>",
                        "<h2>Expected and observed buyers</h2>",
                        "<h2>Glossary</h2>");
        assertThat(page).doesNotContain("<h2>By cutoff</h2>", "<h2>By level of the KOC</h2>");
        assertThat(count(page, "<rect")).as("bars").isEqualTo(3);
        assertThat(count(page, "class=\"interval\"")).as("intervals").isEqualTo(3);
        assertThat(count(page, "<circle")).as("deciles").isEqualTo(2);
    }

    @Test
    void rowsOfPublishedStandOut() {
        String page = new HtmlReport(results().build()).render();

        assertThat(page).containsSubsequence("<tr class=\"published\">", "<th scope=\"row\">published</th>", "<tr>");
        assertThat(count(page, "<tr class=\"published\">"))
                .as("one over all KOCs and two deciles")
                .isEqualTo(3);
    }

    @Test
    void aNameWithMarkupIsEscaped() {
        String script = "<script>alert('1')</script>";

        String page = new HtmlReport(results()
                        .portraits(script, "<b>parents</b> & \"co\"")
                        .baseline(script)
                        .build())
                .render();

        assertThat(page)
                .contains("&lt;script&gt;alert", "&lt;b&gt;parents&lt;/b&gt; &amp; ")
                .doesNotContain("<script", "<b>");
    }

    @Test
    void thePageIsInTheLanguageOfTheResults() {
        String page = new HtmlReport(
                        results().language("zh").baseline("pool_popularity").build())
                .render();

        assertThat(page)
                .contains("<html lang=\"zh\">", "截至 2024-06-30 的回测", "池内热销")
                .doesNotContain(">published<");
    }

    @Test
    void withoutKocsThePageHasNoVerdict() {
        String page = new HtmlReport(ResultsBuilder.resultsWithoutKocs()).render();

        assertThat(page).contains("No verdict").doesNotContain("NaN", "null", "<circle", "<p></p>");
    }

    private static int count(String page, String markup) {
        return page.split(markup, -1).length - 1;
    }
}
