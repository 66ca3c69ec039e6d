package koc.cli;

import com.typesafe.config.Config;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import koc.clean.CleanJob;
import koc.error.KocException;
import koc.features.FeaturesJob;
import koc.fit.FitJob;
import koc.growth.GrowthJob;
import koc.influence.InfluenceJob;
import koc.kocs.KocsJob;
import koc.portraits.PortraitsJob;
import koc.publish.PublishJob;
import koc.recommend.RecommendJob;
import koc.run.Job;
import koc.run.JobGraph;

/** The jobs of the pipeline, as the command line offers them. */
public final class Jobs {
    private static final String PUBLISH = "publish";

    private final List<Kind> kinds;

    Jobs(List<Kind> kinds) {
        this.kinds = List.copyOf(kinds);
    }

    /**
     * A job on the command line.
     *
     * @param name the command that runs it
     * @param description its help text
     * @param readsLanding whether it needs {@code --landing}
     * @param make creates the job with its settings; an invalid setting is an error
     */
    public record Kind(String name, String description, boolean readsLanding, Function<Config, Job> make) {}

    /** All jobs of the pipeline. */
    public static Jobs all() {
        Jobs beforePublish = new Jobs(kindsBeforePublish());
        Kind publish = new Kind(
                PUBLISH,
                "Copies the results for marketers, all or nothing, unless a backtest shows they are worse than popularity.",
                false,
                config -> new GatedPublishJob(config, beforePublish, new PublishJob(config)));
        return new Jobs(Stream.concat(beforePublish.kinds().stream(), Stream.of(publish)).toList());
    }

    private static List<Kind> kindsBeforePublish() {
        return List.of(
                new Kind("clean", "Checks the landed rows and keeps the valid ones.", true, CleanJob::new),
                new Kind("features", "Computes the features and tags of every user as of the date.", false, FeaturesJob::new),
                new Kind("portraits", "Groups similar users and names the groups.", false, PortraitsJob::new),
                new Kind(
                        "influence",
                        "Measures how much each KOC raises purchases among the people they reach.",
                        false,
                        InfluenceJob::new),
                new Kind("fit", "Scores every product against every portrait.", false, FitJob::new),
                new Kind("kocs", "Ranks the KOCs and moves them between levels.", false, KocsJob::new),
                new Kind(
                        "growth",
                        "Reports coverage, funnel, leads, groups, mentors and content.",
                        false,
                        GrowthJob::new),
                new Kind(
                        "recommend", "Ranks products for every KOC by how many members of their pool will buy them.", false, RecommendJob::new));
    }

    /** All jobs except publish. */
    Jobs beforePublish() {
        return new Jobs(
                kinds.stream().filter(kind -> !kind.name().equals(PUBLISH)).toList());
    }

    List<Kind> kinds() {
        return kinds;
    }

    String names() {
        return kinds.stream().map(Kind::name).collect(Collectors.joining(", "));
    }

    /** The jobs with these names, in the order of the pipeline; all jobs if no name is given. */
    List<Kind> named(List<String> names) {
        if (names.isEmpty()) {
            return kinds;
        }
        Set<String> wanted = new LinkedHashSet<>(names);
        for (String name : wanted) {
            if (kinds.stream().noneMatch(kind -> kind.name().equals(name))) {
                throw KocException.usage(
                        "unknown job '" + name + "'", "the jobs are " + names(), "name some of them, as in --jobs a,b");
            }
        }
        return kinds.stream().filter(kind -> wanted.contains(kind.name())).toList();
    }

    /** The dependencies between the jobs. */
    JobGraph graph(Config config) {
        return JobGraph.of(kinds.stream().map(kind -> kind.make().apply(config)).toList());
    }
}
