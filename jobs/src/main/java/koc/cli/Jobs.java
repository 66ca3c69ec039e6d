package koc.cli;

import com.typesafe.config.Config;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import koc.cards.CardsJob;
import koc.clean.CleanJob;
import koc.economics.EconomicsJob;
import koc.economics.commission.CommissionsJob;
import koc.error.KocException;
import koc.features.FeaturesJob;
import koc.fit.FitJob;
import koc.growth.GrowthJob;
import koc.influence.InfluenceJob;
import koc.kocs.KocsJob;
import koc.portraits.PortraitsJob;
import koc.publish.PublishJob;
import koc.recommend.RecommendJob;
import koc.report.ReportJob;
import koc.report.ReportPage;
import koc.run.Job;
import koc.run.JobGraph;
import koc.run.PublishedFiles;
import koc.workbook.Workbooks;

/** The jobs of the pipeline, as the command line offers them. */
public final class Jobs {
    /** The jobs that a backtest does not need. */
    private static final Set<String> AFTER_COMPUTING = Set.of(EvaluateJob.NAME, "cards", "report", "publish");

    private final List<Definition> definitions;

    Jobs(List<Definition> definitions) {
        this.definitions = List.copyOf(definitions);
    }

    /**
     * A job on the command line.
     *
     * @param name the command that runs it
     * @param description its help text
     * @param readsLanding whether it needs {@code --landing}
     * @param make creates the job with its settings; an invalid setting is an error
     */
    public record Definition(String name, String description, boolean readsLanding, Function<Config, Job> make) {}

    /** All jobs of the pipeline. */
    public static Jobs all() {
        Jobs computing = new Jobs(computingDefinitions());
        Definition evaluate = new Definition(
                EvaluateJob.NAME,
                "Judges the recommendations of a past day by what pools bought next, if no judgement is current.",
                false,
                config -> new EvaluateJob(config, computing));
        Definition cards = new Definition(
                "cards",
                "Puts what a person wants to know first about each KOC, county and user into one row.",
                false,
                CardsJob::new);
        Definition report = new Definition(
                "report",
                "Makes the files that people open from the tables of the date.",
                false,
                config -> new ReportJob(publishedFiles(config)));
        Definition publish = new Definition(
                "publish",
                "Copies the results for marketers, all or nothing, unless a backtest shows they are worse than popularity.",
                false,
                config -> new GatedPublishJob(config, new PublishJob(config)));
        return new Jobs(Stream.concat(computing.definitions().stream(), Stream.of(evaluate, cards, report, publish))
                .toList());
    }

    /** The writers of the files that people open. */
    private static List<PublishedFiles> publishedFiles(Config config) {
        return List.of(new ReportPage(config, Version.of(Jobs.class)), new Workbooks(config));
    }

    private static List<Definition> computingDefinitions() {
        return List.of(
                new Definition("clean", "Checks the landed rows and keeps the valid ones.", true, CleanJob::new),
                new Definition(
                        "features",
                        "Computes the features and tags of every user as of the date.",
                        false,
                        FeaturesJob::new),
                new Definition("portraits", "Groups similar users and names the groups.", false, PortraitsJob::new),
                new Definition(
                        "influence",
                        "Measures how much each KOC raises purchases among the people they reach.",
                        false,
                        InfluenceJob::new),
                new Definition("fit", "Scores every product against every portrait.", false, FitJob::new),
                new Definition("kocs", "Ranks the KOCs and moves them between levels.", false, KocsJob::new),
                new Definition(
                        "growth",
                        "Reports coverage, funnel, leads, groups, mentors and content.",
                        false,
                        GrowthJob::new),
                new Definition(
                        "commissions",
                        "Keeps the ledger of commissions, with bonus fund, rewards and competition; with --replay, tries"
                                + " other rules.",
                        false,
                        CommissionsJob::new),
                new Definition(
                        "economics",
                        "Values every user, and compares what KOCs cost with the customers they bring.",
                        false,
                        EconomicsJob::new),
                new Definition(
                        "recommend",
                        "Ranks products for every KOC by how many members of their pool will buy them.",
                        false,
                        RecommendJob::new));
    }

    /** The jobs that a backtest runs: all except those that judge the results or make files for people. */
    Jobs computing() {
        return new Jobs(definitions.stream()
                .filter(definition -> !AFTER_COMPUTING.contains(definition.name()))
                .toList());
    }

    List<Definition> definitions() {
        return definitions;
    }

    String names() {
        return definitions.stream().map(Definition::name).collect(Collectors.joining(", "));
    }

    /** The jobs with these names, in the order of the pipeline; all jobs if no name is given. */
    List<Definition> named(List<String> names) {
        if (names.isEmpty()) {
            return definitions;
        }
        Set<String> wanted = new LinkedHashSet<>(names);
        for (String name : wanted) {
            if (definitions.stream().noneMatch(definition -> definition.name().equals(name))) {
                throw KocException.usage(
                        "unknown job '" + name + "'", "the jobs are " + names(), "name some of them, as in --jobs a,b");
            }
        }
        return definitions.stream()
                .filter(definition -> wanted.contains(definition.name()))
                .toList();
    }

    /** The dependencies between the jobs. */
    JobGraph graph(Config config) {
        return JobGraph.of(definitions.stream()
                .map(definition -> definition.make().apply(config))
                .toList());
    }
}
