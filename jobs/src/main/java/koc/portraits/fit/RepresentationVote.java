package koc.portraits.fit;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import koc.portraits.groups.ProductBaskets;
import koc.portraits.groups.ProductGroups;
import koc.portraits.sample.PortraitSample;

/**
 * What the preferences of users are described by, chosen by {@link PredictiveGain}. Another one replaces the incumbent only
 * when it is surely better; otherwise every refit could replace all portraits without need. Simpler ones are tried first:
 * categories, groups of products, both.
 *
 * @param outcome the fit of the chosen representation
 * @param runnerUp the best of the others; empty when there is no other
 */
public record RepresentationVote(
        Representation chosen, PortraitClustering.Outcome outcome, Optional<RunnerUp> runnerUp) {

    /** A representation that was not chosen, with its gain at its best number of portraits. */
    public record RunnerUp(Representation representation, double predictiveGain) {}

    /**
     * Fits every representation of a sample and chooses one.
     *
     * @param sample the users with their attention to categories
     * @param baskets of the same users
     * @param groups of products; without them only categories are tried, and without categories only groups
     * @param previous the representation of the previous model, which is the incumbent; otherwise the first that is tried
     */
    public static RepresentationVote hold(
            PortraitSample sample,
            ProductBaskets baskets,
            ProductGroups groups,
            Optional<Representation> previous,
            ModelSettings settings) {
        List<Representation> tried = tried(sample, groups);
        Map<Representation, PortraitClustering> clusterings = new EnumMap<>(Representation.class);
        for (Representation representation : tried) {
            clusterings.put(
                    representation,
                    new PortraitClustering(representation.describe(sample, baskets, groups), baskets, settings));
        }
        Representation chosen = previous.filter(tried::contains).orElse(tried.get(0));
        for (Representation other : tried) {
            if (gain(clusterings, other).isSurelyAbove(gain(clusterings, chosen))) {
                chosen = other;
            }
        }
        List<Representation> others = new ArrayList<>(tried);
        others.remove(chosen);
        Optional<RunnerUp> runnerUp = others.isEmpty()
                ? Optional.empty()
                : Optional.of(mostPredictive(others, clusterings))
                        .map(other ->
                                new RunnerUp(other, gain(clusterings, other).mean()));
        return new RepresentationVote(chosen, clusteringOf(clusterings, chosen).vote(), runnerUp);
    }

    private static List<Representation> tried(PortraitSample sample, ProductGroups groups) {
        if (groups.isEmpty()) {
            return List.of(Representation.CATEGORIES);
        }
        return sample.categories().isEmpty() ? List.of(Representation.GROUPS) : List.of(Representation.values());
    }

    private static Representation mostPredictive(
            List<Representation> representations, Map<Representation, PortraitClustering> clusterings) {
        Representation best = representations.get(0);
        for (Representation other : representations) {
            if (gain(clusterings, other).mean() > gain(clusterings, best).mean()) {
                best = other;
            }
        }
        return best;
    }

    private static PredictiveGain gain(
            Map<Representation, PortraitClustering> clusterings, Representation representation) {
        return clusteringOf(clusterings, representation).bestGain();
    }

    private static PortraitClustering clusteringOf(
            Map<Representation, PortraitClustering> clusterings, Representation representation) {
        return Objects.requireNonNull(clusterings.get(representation));
    }
}
