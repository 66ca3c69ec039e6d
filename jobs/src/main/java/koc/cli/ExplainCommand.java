package koc.cli;

import com.typesafe.config.Config;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import koc.cli.explain.ExplainSettings;
import koc.cli.explain.Explainer;
import koc.cli.explain.Explanation;
import koc.cli.explain.ExplanationJson;
import koc.cli.explain.ExplanationText;
import koc.error.KocException;
import koc.spark.Session;
import koc.warehouse.StoredTables;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Prints where the numbers of a KOC, a recommendation or a user come from, and computes them again. It reads the
 * warehouse without Spark, and writes nothing.
 */
@Command(
        name = "explain",
        description = "Say where the numbers of a KOC, a recommendation or a user come from: each stored value with its"
                + " table and column, and each derived number computed again; write nothing.",
        sortOptions = false)
final class ExplainCommand implements Callable<Integer> {
    @Option(names = "--warehouse", paramLabel = "DIR", required = true, description = "Folder of the tables.")
    private String warehouse = "";

    @Option(
            names = "--date",
            paramLabel = "YYYY-MM-DD",
            converter = DayConverter.class,
            description = "Run date to explain; the latest if it is not given.")
    private @Nullable LocalDate date;

    @Option(names = "--koc", paramLabel = "ID", description = "The KOC: score, influence, level, money and list.")
    private @Nullable String koc;

    @Option(
            names = "--product",
            paramLabel = "ID",
            description = "With --koc: why this product is on the KOC's list at its place, or why it is not.")
    private @Nullable String product;

    @Option(names = "--user", paramLabel = "ID", description = "The user: portrait, tags, value, KOCs, next products.")
    private @Nullable String user;

    @Option(
            names = "--all",
            description =
                    "All KOCs and recommendations of the day: compute their numbers again, show those that differ.")
    private boolean all;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text for a person (default) or json, which also has the meaning of each column.")
    private Format format = Format.TEXT;

    @Mixin
    private ConfigurationOptions configuration = new ConfigurationOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** How the explanation is written. */
    enum Format {
        TEXT,
        JSON
    }

    @Override
    public Integer call() {
        requireOneSubject();
        Config config = configuration.load();
        StoredTables tables =
                new StoredTables(SparkHadoopUtil.get().newConfiguration(Session.settings(config)), warehouse);
        Explainer explainer = new Explainer(tables, ExplainSettings.from(config));
        Explanation explanation = explain(explainer);
        PrintWriter out = spec.commandLine().getOut();
        out.println(
                format == Format.JSON
                        ? ExplanationJson.of(explanation)
                        : ExplanationText.of(explanation).stripTrailing());
        out.flush();
        explainer.requireEqual(explanation);
        return 0;
    }

    private Explanation explain(Explainer explainer) {
        if (all) {
            return explainer.recomputeAll(date);
        }
        if (user != null) {
            return explainer.explainUser(date, user);
        }
        String ofKoc = String.valueOf(koc);
        return product == null
                ? explainer.explainKoc(date, ofKoc)
                : explainer.explainRecommendation(date, ofKoc, product);
    }

    private void requireOneSubject() {
        long subjects =
                Stream.of(koc != null, user != null, all).filter(is -> is).count();
        if (subjects != 1 || (product != null && koc == null)) {
            throw KocException.usage(
                    "explain: " + (subjects == 0 ? "nothing to explain" : "these options do not go together"),
                    "expected --koc ID, --koc ID --product ID, --user ID, or --all",
                    "name one of them");
        }
    }
}
