package koc.portrait;

import com.typesafe.config.Config;
import koc.config.ConfigFingerprint;
import koc.config.Section;
import koc.error.KocException;

/**
 * The settings that a fitted model depends on, from {@code koc.portrait}; a change of one of them is a reason to fit
 * anew.
 *
 * @param leastPortraits fewest portraits tried, newcomers not counted
 * @param mostPortraits most portraits tried
 * @param sampleUsers users the model is fitted on at most
 * @param bootstrapUsers users a bootstrap refit is made on at most
 * @param silhouetteUsers users the silhouette is taken over at most
 * @param restarts starts of k-means, of which the best is kept
 * @param bootstraps bootstrap refits for each number of portraits
 * @param bootstrapRestarts starts of k-means in each bootstrap refit, of which the best is kept
 * @param smallestShare least share of users in a portrait
 * @param leastStability least stability of a portrait
 * @param categories categories that are told apart at most, the most popular first
 * @param categoryShrinkage attention's worth of everybody's shares that a user's own are mixed with
 * @param weights how much each block of inputs counts
 * @param votes how much each vote counts when the number of portraits is chosen
 * @param categoryDepth levels of a category path that are told apart, from {@code koc.features}
 * @param newcomerActions actions below which a user is a newcomer, from {@code koc.features}
 * @param seed seed of every random choice
 */
record ModelSettings(
        int leastPortraits,
        int mostPortraits,
        int sampleUsers,
        int bootstrapUsers,
        int silhouetteUsers,
        int restarts,
        int bootstraps,
        int bootstrapRestarts,
        double smallestShare,
        double leastStability,
        int categories,
        double categoryShrinkage,
        Weights weights,
        Votes votes,
        int categoryDepth,
        int newcomerActions,
        long seed) {

    /** Every key that {@link #from} reads; a test compares the two. */
    private static final String[] KEYS = {
        "koc.portrait.least-portraits",
        "koc.portrait.most-portraits",
        "koc.portrait.sample-users",
        "koc.portrait.bootstrap-users",
        "koc.portrait.silhouette-users",
        "koc.portrait.restarts",
        "koc.portrait.bootstraps",
        "koc.portrait.bootstrap-restarts",
        "koc.portrait.smallest-share",
        "koc.portrait.least-stability",
        "koc.portrait.categories",
        "koc.portrait.category-shrinkage",
        "koc.portrait.weights",
        "koc.portrait.votes",
        "koc.features.category-depth",
        "koc.features.newcomer-actions",
        "koc.seed"
    };

    /** How much each block of inputs counts, as a share of squared distance against the others. */
    record Weights(double categories, double value, double habits, double social) {}

    /** How much each vote counts. */
    record Votes(double stability, double silhouette, double predictiveGain) {}

    ModelSettings {
        if (leastPortraits > mostPortraits) {
            throw KocException.usage(
                    "configuration koc.portrait.least-portraits: found " + leastPortraits,
                    "expected at most koc.portrait.most-portraits, which is " + mostPortraits,
                    "correct one of them");
        }
    }

    /** These settings as the text that a model stores, and that a later run compares with its own. */
    static String fingerprint(Config config) {
        return ConfigFingerprint.render(config, KEYS);
    }

    static ModelSettings from(Config config) {
        Section portrait = Section.of(config, "koc.portrait");
        return new ModelSettings(
                portrait.whole("least-portraits", 1, 50),
                portrait.whole("most-portraits", 1, 50),
                portrait.whole("sample-users", 100, 200_000),
                portrait.whole("bootstrap-users", 100, 20_000),
                portrait.whole("silhouette-users", 100, 5_000),
                portrait.whole("restarts", 1, 100),
                portrait.whole("bootstraps", 2, 200),
                portrait.whole("bootstrap-restarts", 1, 100),
                portrait.number("smallest-share", 0, 0.5),
                portrait.number("least-stability", 0, 1),
                portrait.whole("categories", 1, 500),
                portrait.number("category-shrinkage", 0, 1000),
                new Weights(
                        portrait.number("weights.categories", 0, 100),
                        portrait.number("weights.value", 0, 100),
                        portrait.number("weights.habits", 0, 100),
                        portrait.number("weights.social", 0, 100)),
                new Votes(
                        portrait.number("votes.stability", 0, 100),
                        portrait.number("votes.silhouette", 0, 100),
                        portrait.number("votes.predictive-gain", 0, 100)),
                Section.of(config, "koc.features").whole("category-depth", 1, 10),
                Section.of(config, "koc.features").whole("newcomer-actions", 0, 1000),
                Section.of(config, "koc").wholeLong("seed"));
    }
}
