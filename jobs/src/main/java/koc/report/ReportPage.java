package koc.report;

import com.typesafe.config.Config;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import koc.config.ConfigFingerprint;
import koc.rules.FewStars;
import koc.run.JobRun;
import koc.run.PublishedFiles;
import koc.spark.Parallel;
import koc.text.Texts;
import koc.warehouse.Table;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The report: {@code report/index.html}, one page without links to other files or the network.
 *
 * <p>Templates make the frame of the page; {@code report.js} fills it from JSON in the page. If there are many KOCs, the cards
 * of the KOCs are script files in {@code report/data}, which also load from {@code file://}.
 */
public final class ReportPage implements PublishedFiles {
    private static final String TEXTS = "report.";

    private final ReportSettings settings;
    private final List<Section> sections;
    private final String version;
    private final String settingsHash;

    /**
     * The page with these settings.
     *
     * @param version of the pipeline, shown at the end of the page
     */
    public ReportPage(Config config, String version) {
        this.settings = ReportSettings.from(config);
        this.sections = Sections.all(settings);
        this.version = version;
        this.settingsHash = ConfigFingerprint.hash(config, "koc");
    }

    @Override
    public Set<Table> reads() {
        return Stream.concat(queries().flatMap(query -> query.reads().stream()), ActionQueries.READS.stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Set<Table> readsPrevious() {
        return queries().flatMap(query -> query.readsPrevious().stream()).collect(Collectors.toUnmodifiableSet());
    }

    private Stream<Query> queries() {
        return Stream.concat(
                sections.stream().flatMap(section -> section.queries().stream()), Sections.cards(settings).stream());
    }

    @Override
    public void write(JobRun run, Path folder) throws IOException {
        Path report = Files.createDirectories(folder.resolve("report"));
        KocCards cards = KocCards.collect(run, Sections.cards(settings));
        Map<String, String> files = cards.files(settings.inlineCharacters());
        Map<String, String> inPage = new LinkedHashMap<>();
        inPage.put("report", json(about(run, cards, files.keySet())));
        // PublishedFiles.RUN_SLOT
        inPage.put("run", "null");
        inPage.put("texts", json(texts()));
        inPage.put("actions", json(actions(run)));
        List<Query> queries =
                sections.stream().flatMap(section -> section.queries().stream()).toList();
        List<String> results = Parallel.map(queries, query -> json(query.rows().apply(run)));
        for (int i = 0; i < queries.size(); i++) {
            inPage.put(queries.get(i).name(), results.get(i));
        }
        if (files.size() <= 1) {
            files.values().forEach(card -> inPage.put("cards", card));
        } else {
            Path data = Files.createDirectories(report.resolve("data"));
            for (Map.Entry<String, String> file : files.entrySet()) {
                Files.writeString(
                        data.resolve(file.getKey() + ".js"),
                        "kocReportCards(\"" + file.getKey() + "\", " + file.getValue() + ");\n");
            }
        }
        Files.writeString(report.resolve("index.html"), render(run, inPage));
    }

    private List<Map<String, Object>> actions(JobRun run) {
        List<Action> candidates = new ActionQueries(run, settings).candidates();
        return Actions.choose(candidates).stream()
                .map(action -> Actions.forPage(action, settings.languages()))
                .toList();
    }

    private Map<String, Object> about(JobRun run, KocCards cards, Set<String> files) {
        Map<String, Object> about = new LinkedHashMap<>();
        about.put("day", run.day().toString());
        about.put("currency", settings.currency());
        about.put("costDays", settings.costDays());
        about.put("healthyRatio", settings.healthyRatio());
        about.put("assumedGain", settings.assumedGain());
        about.put("reportedNoBuyerChance", settings.reportedNoBuyerChance());
        about.put("minGain", settings.minGain());
        about.put("minFlightRisk", settings.minReportedFlightRisk());
        about.put("minActionableBuyers", settings.minActionableBuyers());
        about.put("fewStars", FewStars.STARS);
        about.put("minVoices", FewStars.MIN_VOICES);
        about.put("languages", settings.languages());
        about.put("version", version);
        about.put("settings", settingsHash);
        about.put("cardColumns", cards.columns());
        about.put("cardFiles", files.size() <= 1 ? List.of() : List.copyOf(files));
        about.put("cardStarts", cards.firstIds(settings.inlineCharacters()));
        return about;
    }

    private Map<String, Object> texts() {
        Map<String, Object> byLanguage = new LinkedHashMap<>();
        settings.languages().forEach(language -> byLanguage.put(language, textsOfThePage(Texts.of(language))));
        return byLanguage;
    }

    /** The texts of the page, and the names of levels ({@code level.gold}), which are those in the tables. */
    private static Map<String, String> textsOfThePage(Texts texts) {
        Map<String, String> ofThePage = texts.startingWith(TEXTS);
        texts.startingWith("levels.name.").forEach((level, name) -> ofThePage.put("level." + level, name));
        return ofThePage;
    }

    private String render(JobRun run, Map<String, String> data) {
        Texts texts = Texts.of(settings.language());
        TemplateEngine templates = TemplateEngine.createPrecompiled(ContentType.Html);
        List<PageView.Part> parts = sections.stream()
                .map(section -> {
                    StringOutput html = new StringOutput();
                    templates.render("report/sections/" + section.id() + ".jte", texts, html);
                    return new PageView.Part(
                            section.id(), texts.pattern(TEXTS + section.id() + ".title"), html.toString());
                })
                .toList();
        StringOutput page = new StringOutput();
        templates.render(
                "report/page.jte",
                new PageView(
                        texts,
                        settings.languages(),
                        run.day().toString(),
                        parts,
                        data,
                        asset("report.css"),
                        asset("echarts.min.js"),
                        asset("report.js")),
                page);
        return page.toString();
    }

    private static String json(Dataset<Row> rows) {
        StringBuilder out = new StringBuilder();
        Json.appendRows(out, List.of(rows.columns()), rows.collectAsList());
        return out.toString();
    }

    private static String json(Object value) {
        StringBuilder out = new StringBuilder();
        Json.append(out, value);
        return out.toString();
    }

    private static String asset(String name) {
        try (InputStream file = ReportPage.class.getResourceAsStream("/koc/report/" + name)) {
            if (file == null) {
                throw new IllegalStateException(name + " is not in the jar");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
