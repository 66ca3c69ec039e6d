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

/** The jobs of the pipeline, as they can be asked for. */
public final class Jobs {
    private static final String PUBLISH = "publish";

    private final List<Kind> kinds;

    Jobs(List<Kind> kinds) {
        this.kinds = List.copyOf(kinds);
    }

    /**
     * A job that can be asked for.
     *
     * @param name its word on the command line
     * @param description what it does, for the help text
     * @param readsLanding whether it needs {@code --landing}
     * @param make the job with its settings; a setting that is wrong is an error
     */
    public record Kind(String name, String description, boolean readsLanding, Function<Config, Job> make) {}

    /** Every job there is. */
    public static Jobs all() {
        List<Kind> before = List.of(
                new Kind("clean", "Checks the landed rows and keeps the good ones.", true, CleanJob::new),
                new Kind("features", "Says who every user is, as of the date.", false, FeaturesJob::new),
                new Kind("portraits", "Groups users who are alike, and names the groups.", false, PortraitsJob::new),
                new Kind(
                        "influence",
                        "Measures how far each KOC moves the people it reaches.",
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
                        "recommend", "Hands every KOC the products its own pool will want.", false, RecommendJob::new));
        Kind publish = new Kind(
                PUBLISH,
                "Copies the results for marketers, all or nothing, unless a backtest says they lose to popularity.",
                false,
                config -> new GatedPublishJob(config, new Jobs(before), new PublishJob(config)));
        return new Jobs(Stream.concat(before.stream(), Stream.of(publish)).toList());
    }

    /** The jobs that make what is published: all but publish. */
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

    /** The jobs of these names in the order in which they are listed; every job when no name is given. */
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

    /** How the jobs follow from each other. */
    JobGraph graph(Config config) {
        return JobGraph.of(kinds.stream().map(kind -> kind.make().apply(config)).toList());
    }
}
