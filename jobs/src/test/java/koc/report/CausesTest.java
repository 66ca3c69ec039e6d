package koc.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import koc.recommend.features.Part;
import koc.text.Texts;
import org.junit.jupiter.api.Test;

class CausesTest {
    @Test
    void everySourceOfExpectedBuyersIsACauseOnTheCards() throws IOException {
        String script;
        try (InputStream resource =
                Objects.requireNonNull(CausesTest.class.getResourceAsStream("/koc/report/report.js"))) {
            script = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        }
        String causes = script.substring(script.indexOf("const CAUSES = ["));

        for (String part : Part.publishedColumns()) {
            assertThat(causes.substring(0, causes.indexOf("];"))).contains('"' + part + '"');
            for (String language : List.of("en", "zh")) {
                assertThat(Texts.of(language).pattern("report.card." + part)).isNotBlank();
            }
        }
    }
}
